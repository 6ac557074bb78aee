/**
 * Takes a provider's answer: whoever is on a list of this place is signed in,
 * everybody else is told why not.
 *
 * @module
 */
import { page } from "fresh";
import { GoOn } from "@/routes/(_pages)/GoOn.tsx";
import { Page } from "@/routes/(_pages)/Page.tsx";
import { define } from "@/routes/(_http)/define.ts";
import { textsOf } from "@/locales/mod.ts";
import { SignInError } from "@/access/accounts/mod.ts";
import { accountFor } from "@/routes/(_http)/accounts.ts";
import {
  beginningOf,
  homeOf,
  signInCookies,
} from "@/routes/(_http)/sign_in.ts";

/** Where to go on; or what is in the way, with the account's name. */
interface Shown {
  next: string | null;
  problem: "notListed" | "refused" | "expired" | "away" | null;
  account: string;
}

/** A page that goes on into the panel, or one that says why not: 403 for who is
 * on no list, 400 for a sign-in that failed, 502 where the provider is away. */
export const handler = define.handlers({
  async GET(ctx) {
    const { helpers, accountOf } = accountFor(ctx);
    const { keys } = ctx.state;
    const no = (problem: Shown["problem"], status: number, account = "") =>
      page<Shown>({ next: null, problem, account }, { status });
    try {
      const signedIn = await helpers.handleCallback(ctx.req);
      const account = await accountOf(signedIn.tokens.accessToken);
      const device = ctx.req.headers.get("user-agent") ?? "";
      const done = await keys.signInAs(account, device, signedIn.sessionId);
      if (!done) return no("notListed", 403, account[0]);
      const { successUrl } = signedIn;
      const next = successUrl === "/" ? homeOf(done.holder.role) : successUrl;
      return page<Shown>({ next, problem: null, account: "" }, {
        headers: signInCookies(signedIn.sessionId, ctx),
      });
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      return no(error.reason, error.reason === "away" ? 502 : 400);
    }
  },
});

/** The page for who came back and may not in. */
export default define.page<typeof handler>(({ data, state }) => {
  const { language, site } = state;
  const { access, app } = textsOf(language);
  const { next, problem, account } = data;
  if (next !== null) return <GoOn next={next} words={app.loading} />;
  const words = problem === "notListed"
    ? access.problems.notListed(account)
    : access.problems[problem ?? "refused"];
  return (
    <Page
      title={access.signIn}
      language={language}
      source={site.source}
      home={beginningOf(state.role)}
    >
      <p class="lead" role="alert">{words}</p>
      <a class="button main" href="/signin">{access.signIn}</a>
    </Page>
  );
});
