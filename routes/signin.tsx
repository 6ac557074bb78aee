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
import { Head } from "fresh/runtime";
import { define } from "@/define.ts";
import { textsOf } from "@/locales/mod.ts";
import { signInCookie } from "./(_http)/sign_in.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const key = ctx.url.searchParams.get("key");
    if (key === null) return page({ next: nextOf(ctx.state.role) });
    const device = ctx.req.headers.get("user-agent") ?? "";
    const done = await ctx.state.keys.signIn(key.trim(), device);
    if (!done) return page({ next: null }, { status: 401 });
    const cookie = signInCookie(done.token, ctx.url, ctx.state.site);
    return page({ next: nextOf(done.holder.role) }, {
      headers: { "set-cookie": cookie, "cache-control": "no-store" },
    });
  },
});

/** Says that the link is missing or wrong, or goes on. */
export default define.page<typeof handler>(({ data, state }) => {
  const texts = textsOf(state.language);
  if (data.next === null) {
    return (
      <main class="page">
        <h1>{texts.app.name}</h1>
        <p>{texts.errors.signIn}</p>
      </main>
    );
  }
  return (
    <main class="page">
      <Head>
        <meta http-equiv="refresh" content={`0;url=${data.next}`} />
      </Head>
      <p>
        <a href={data.next}>{texts.app.loading}</a>
      </p>
    </main>
  );
});

/** Where a role begins; null for a stranger. */
function nextOf(role: string | null): string | null {
  if (role === null) return null;
  return role === "host" || role === "moderator" ? "/admin" : "/overlay";
}
