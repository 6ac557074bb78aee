/**
 * The host's panel.
 *
 * @module
 */
import { Head } from "fresh/runtime";
import { cookieOf } from "@/access/cookies.ts";
import { AIR_COOKIE, airOf } from "@/components/shared/AirPreview.tsx";
import { define } from "@/routes/(_http)/define.ts";
import Panel from "@/islands/Panel.tsx";
import { textsOf } from "@/locales/mod.ts";
import { browserZone } from "./(_pages)/browser_zone.ts";

/** The panel. */
export default define.page(({ req, state, url }) => {
  const { app } = textsOf(state.language);
  const origin = state.site.publicUrl ?? url.origin;
  return (
    <>
      <Panel
        first={state.desk.state()}
        language={state.language}
        zone={browserZone(req)}
        air={airOf(cookieOf(req.headers, AIR_COOKIE))}
        role={state.role ?? "moderator"}
        overlayUrl={`${origin}/overlay`}
        source={state.site.source}
        isSignedIn={state.caller?.via === "cookie"}
      />
      <Head>
        <title>{`${app.panel} · ${app.name}`}</title>
      </Head>
    </>
  );
});
