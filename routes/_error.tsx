/**
 * The error page of what no middleware has seen; all else is shown further in,
 * by `(_http)/security.ts`.
 *
 * @module
 */
import { page } from "fresh";
import { define } from "@/routes/(_http)/define.ts";
import { ErrorPage, headersOf, statusOf } from "./(_pages)/ErrorPage.tsx";

/** The status of what was thrown, and its headers. */
export const handler = define.handlers(({ error }) =>
  page(undefined, { status: statusOf(error), headers: headersOf(error) })
);

export default define.page<typeof handler>(({ error, req, state }) => (
  <ErrorPage error={error} req={req} state={state} />
));
