/**
 * What went wrong, in plain words, and the one thing to press.
 *
 * @module
 */
import { HttpError } from "fresh";
import { chooseLanguage, type Texts, textsOf } from "@/locales/mod.ts";
import type { State } from "../(_http)/define.ts";
import { Problem } from "../(_http)/problem.ts";
import { beginningOf } from "../(_http)/sign_in.ts";
import { Page } from "./Page.tsx";

/** The status that was thrown; of all else than an `HttpError` 500. */
export function statusOf(error: unknown): HttpError["status"] {
  return error instanceof HttpError ? error.status : 500;
}

/** Headers that were thrown along: when to try again. */
export function headersOf(error: unknown): HeadersInit {
  return (error instanceof Problem && error.more.headers) || {};
}

/** The page for whatever went wrong, in the language of who asks. */
export function ErrorPage(
  { error, req, state }: { error: unknown; req: Request; state: State },
) {
  const language = state.language ??
    chooseLanguage(null, req.headers.get("accept-language"));
  const { access, errors } = textsOf(language);
  const status = statusOf(error);
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
}

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
