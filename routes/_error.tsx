/**
 * What went wrong, in plain words, and the one thing to press.
 *
 * @module
 */
import { HttpError } from "fresh";
import { Page } from "./(_pages)/Page.tsx";
import { define } from "@/define.ts";
import { chooseLanguage, textsOf } from "@/locales/mod.ts";

export default define.page(({ error, req, state }) => {
  const language = state.language ??
    chooseLanguage(null, req.headers.get("accept-language"));
  const { errors } = textsOf(language);
  const status = error instanceof HttpError ? error.status : 500;
  const isMissing = status === 404;
  return (
    <Page
      title={isMissing ? errors.notFoundTitle : errors.title}
      language={language}
      source={state.site?.source}
    >
      <p class="lead">{wordsFor(status, errors)}</p>
      {status >= 500
        ? <a class="button main" href="">{errors.retry}</a>
        : <a class="button main" href="/">{errors.toStart}</a>}
    </Page>
  );
});

function wordsFor(
  status: number,
  errors: ReturnType<typeof textsOf>["errors"],
): string {
  if (status === 404) return errors.notFound;
  if (status === 401) return errors.signIn;
  if (status === 403) return errors.notAllowed;
  if (status === 503) return errors.away;
  return status >= 500 ? errors.server : errors.malformed;
}
