/**
 * Signs a browser in with the link that the host was shown: the key goes out
 * of the address and a cookie takes its place.
 *
 * The answer is a page that goes on by itself, and no redirect. A redirect
 * still belongs to whoever opened the link, a chat perhaps, and a `SameSite`
 * cookie would not be sent along; the next page of our own is not theirs.
 *
 * @module
 */
import { page } from "fresh";
import { GoOn } from "./(_pages)/GoOn.tsx";
import { Page } from "./(_pages)/Page.tsx";
import { define } from "@/routes/(_http)/define.ts";
import { textsOf } from "@/locales/mod.ts";
import { askerOf } from "./(_http)/peer.ts";
import { beginningOf, homeOf, signInCookies } from "./(_http)/sign_in.ts";

/**
 * A page that goes on into the panel for a good key or a device that is signed
 * in; otherwise how to sign in, with 401 for a wrong key.
 */
export const handler = define.handlers({
  async GET(ctx) {
    const { keys, role } = ctx.state;
    const key = ctx.url.searchParams.get("key")?.trim();
    if (key === undefined) {
      const next: string | null = role && homeOf(role);
      return page({ next, isWrong: false });
    }
    const device = ctx.req.headers.get("user-agent") ?? "";
    const holder = keys.attempts.guess(
      askerOf(ctx),
      key,
      () => keys.holderOfKey(key),
    );
    // A key of buttons is for a machine that has it, not for a browser.
    const mayEnter = holder !== null && holder.role !== "button";
    const done = mayEnter ? await keys.signIn(key, device) : null;
    if (!done) return page({ next: null, isWrong: true }, { status: 401 });
    const next: string | null = homeOf(done.holder.role);
    return page({ next, isWrong: false }, {
      headers: [
        ...signInCookies(done.token, ctx),
        ["cache-control", "no-store"],
      ],
    });
  },
});

/** Says how to sign in, or goes on. */
export default define.page<typeof handler>(({ data, state }) => {
  const { accounts = [], language, role, site } = state;
  const { access, app } = textsOf(language);
  if (data.next !== null) return <GoOn next={data.next} words={app.loading} />;
  return (
    <Page
      title={access.signIn}
      language={language}
      source={site.source}
      home={beginningOf(role)}
    >
      {data.isWrong && <p class="lead" role="alert">{access.wrongLink}</p>}
      {accounts.length > 0 && <p class="lead">{access.signInLead}</p>}
      <div class="providers">
        {accounts.map(({ id, title }) => (
          <a key={id} class="button main" href={`/oauth/${id}/signin`}>
            {access.with(title)}
          </a>
        ))}
      </div>
      <p class={accounts.length > 0 ? "note" : "lead"}>
        {access.signInByLink}
      </p>
    </Page>
  );
});
