/**
 * What went wrong, in plain words, and the one thing to press.
 *
 * @module
 */
import { HttpError, page } from "fresh";
import { Page } from "./(_pages)/Page.tsx";
import { define } from "@/routes/(_http)/define.ts";
import { chooseLanguage, type Texts, textsOf } from "@/locales/mod.ts";
import { Problem } from "./(_http)/problem.ts";
import { beginningOf } from "./(_http)/sign_in.ts";

/** The status of what was thrown, and its headers: when to try again. */
export const handler = define.handlers(({ error }) =>
  page(undefined, {
    status: error instanceof HttpError ? error.status : 500,
    ...(error instanceof Problem && { headers: error.more.headers }),
  })
);

/** The page for whatever went wrong, in the language of who asks. */
export default define.page<typeof handler>(({ error, req, state }) => {
  const language = state.language ??
    chooseLanguage(null, req.headers.get("accept-language"));
  const { access, errors } = textsOf(language);
  const status = error instanceof HttpError ? error.status : 500;
  const home = beginningOf(state.role);
  return (
    <Page
      title={titleOf(status, { access, errors })}
      language={language}
      source={state.site?.source}
      home={home}
    >
      <p class="lead">
        {error instanceof Problem && status === 429
          ? error.detail
          : wordsFor(status, errors)}
      </p>
      {status >= 500
        ? <a class="button main" href="">{errors.retry}</a>
        : (
          <a class="button main" href={home}>
            {home === "/signin" ? access.signIn : errors.toStart}
          </a>
        )}
    </Page>
  );
});

type Words = Pick<Texts, "access" | "errors">;

function titleOf(status: number, { access, errors }: Words): string {
  if (status === 404) return errors.notFoundTitle;
  return status === 401 ? access.signIn : errors.title;
}

function wordsFor(status: number, errors: Texts["errors"]): string {
  if (status === 404) return errors.notFound;
  if (status === 401) return errors.signIn;
  if (status === 403) return errors.notAllowed;
  if (status === 503) return errors.away;
  return status >= 500 ? errors.server : errors.malformed;
}
