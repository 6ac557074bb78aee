/**
 * The start page: what this is, where to go, and how it stands.
 *
 * @module
 */
import { Head } from "fresh/runtime";
import { connectionWords } from "@/components/shared/connection_words.ts";
import { Page } from "./(_pages)/Page.tsx";
import {
  ConnectionShape,
  connectionTone,
} from "@/components/shared/StateShape.tsx";
import { define } from "@/routes/(_http)/define.ts";
import CopyLink from "@/islands/CopyLink.tsx";
import { textsOf } from "@/locales/mod.ts";

/** The page comes again by itself while it says that something loads. */
function LookAgain() {
  return (
    <Head>
      <meta http-equiv="refresh" content="2" />
    </Head>
  );
}

/** The first page: where to go from here. */
export default define.page(({ state, url }) => {
  const { app, connection: words, health, home } = textsOf(state.language);
  const { connection } = state.desk.state();
  const loads = state.desk.loads();
  const origin = state.site.publicUrl ?? url.origin;
  const tone = connectionTone(connection.state, connection.reason === "silent");
  const { copy, copied, copyByHand } = app;
  const copying = { copy, copied, copyByHand };
  return (
    <Page
      title={app.tagline}
      language={state.language}
      source={state.site.source}
    >
      <p class="lead">{home.lead}</p>
      <a class="button main" href="/admin">{home.openPanel}</a>
      <section class="card">
        <h2>{home.connectionTitle}</h2>
        <p class={`now tone-${tone}`}>
          <ConnectionShape tone={tone} />
          {/* A page that stands still counts nothing down. */}
          {loads ? health.loads : connectionWords(
            words,
            { ...connection, retryAt: null },
            state.site.clock.wall(),
          )}
        </p>
        {loads && <LookAgain />}
      </section>
      <section class="card">
        <h2>{home.stepsTitle}</h2>
        <ol class="steps">
          {home.steps.map((step) => <li key={step}>{step}</li>)}
        </ol>
        <CopyLink
          label={home.overlayLink}
          value={`${origin}/overlay`}
          texts={copying}
        />
        <CopyLink
          label={home.panelLink}
          value={`${origin}/admin`}
          texts={copying}
        />
      </section>
    </Page>
  );
});
