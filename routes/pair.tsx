/**
 * Signs a device in with a pairing link. Opening the link changes nothing: a
 * chat looks at links to show a preview, and would use it up. A tap does.
 *
 * @module
 */
import { page } from "fresh";
import { Page } from "./(_pages)/Page.tsx";
import { GoOn } from "./(_pages)/GoOn.tsx";
import type { Role } from "@/core/views.ts";
import { define } from "@/routes/(_http)/define.ts";
import { textsOf } from "@/locales/mod.ts";
import { readForm } from "./(_http)/input.ts";
import { askerOf } from "./(_http)/peer.ts";
import { beginningOf, homeOf, signInCookies } from "./(_http)/sign_in.ts";

/** What the page shows: a code to use, or where to go on; else that it is gone. */
interface Shown {
  code: string;
  role: Role | null;
  next: string | null;
}

const GONE: Shown = { code: "", role: null, next: null };

/** Here a form is sent, and with `no-referrer` it would come without `Origin`. */
const headers = { "referrer-policy": "same-origin" };

/** Asks before it signs a device in, so that a preview of the link uses nothing up. */
export const handler = define.handlers({
  GET(ctx) {
    const { keys } = ctx.state;
    const code = ctx.url.searchParams.get("code") ?? "";
    const role = keys.attempts.guess(askerOf(ctx), code, () => {
      const found = keys.pairing(code);
      return found && { role: found.role, chosen: false };
    })?.role ?? null;
    const init = { headers, status: role ? 200 : 401 };
    return page<Shown>({ ...GONE, code, role }, init);
  },

  async POST(ctx) {
    const { keys } = ctx.state;
    const code = (await readForm(ctx.req)).get("code") ?? "";
    const device = ctx.req.headers.get("user-agent") ?? "";
    const done = keys.attempts.guess(
      askerOf(ctx),
      code,
      () => keys.pairing(code) && { chosen: false },
    ) && await keys.takePairing(code, device);
    if (!done) {
      return page(GONE, { status: 401 });
    }
    const { role } = done.holder;
    return page<Shown>({ ...GONE, next: homeOf(role) }, {
      headers: signInCookies(done.token, ctx),
    });
  },
});

/** The page behind a pairing link. */
export default define.page<typeof handler>(({ data, state }) => {
  const { language, site } = state;
  const { access, app } = textsOf(language);
  const { code, role, next } = data;
  if (next !== null) return <GoOn next={next} words={app.loading} />;
  return (
    <Page
      title={access.pairTitle}
      language={language}
      source={site.source}
      home={beginningOf(state.role)}
    >
      {role === null
        ? <p class="lead">{access.pairingGone}</p>
        : (
          <form method="post" action="/pair" class="pairing">
            <p class="lead">{access.pairAsks(access.roles[role])}</p>
            <input type="hidden" name="code" value={code} />
            <button class="button main" type="submit">{access.pairDo}</button>
          </form>
        )}
    </Page>
  );
});
