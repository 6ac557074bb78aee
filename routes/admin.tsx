/**
 * The host's panel.
 *
 * @module
 */
import { Head } from "fresh/runtime";
import { define } from "@/define.ts";
import Panel from "@/islands/Panel.tsx";
import { textsOf } from "@/locales/mod.ts";

export default define.page(({ state, url }) => {
  const { app } = textsOf(state.language);
  const origin = state.site.publicUrl ?? url.origin;
  return (
    <>
      <Head>
        <title>{`${app.panel} · ${app.name}`}</title>
      </Head>
      <Panel
        first={state.desk.state()}
        language={state.language}
        role={state.role ?? "moderator"}
        overlayUrl={`${origin}/overlay`}
        source={state.site.source}
        isSignedIn={state.caller?.via === "cookie"}
      />
    </>
  );
});
