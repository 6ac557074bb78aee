/**
 * How to set up a Stream Deck or Companion, with every link to copy.
 *
 * @module
 */
import { BUTTONS } from "@/core/buttons.ts";
import { define } from "@/routes/(_http)/define.ts";
import CopyLink from "@/islands/CopyLink.tsx";
import { buttonsTextsOf } from "@/locales/buttons.ts";
import { textsOf } from "@/locales/mod.ts";
import { Page } from "./(_pages)/Page.tsx";

/** The page of button addresses, for whoever sets up a Stream Deck. */
export default define.page(({ state, url }) => {
  const { app } = textsOf(state.language);
  const texts = buttonsTextsOf(state.language);
  const { copy, copied, copyByHand } = app;
  const copying = { copy, copied, copyByHand };
  const base = `${state.site.publicUrl ?? url.origin}/api/buttons`;
  const { scenes } = state.desk.state().obs;
  const header = "Authorization: Bearer KEY";
  return (
    <Page
      title={texts.title}
      language={state.language}
      source={state.site.source}
    >
      <p class="lead">{texts.lead}</p>
      <section class="card">
        <h2>{texts.first}</h2>
        <p>{texts.firstHelp}</p>
        <a class="button" href="/admin">{texts.toPanel}</a>
      </section>
      <section class="card">
        <h2>{texts.second}</h2>
        <p>{texts.secondHelp}</p>
        <CopyLink label={texts.header} value={header} texts={copying} />
        {BUTTONS.map((button) => (
          <CopyLink
            key={button}
            label={texts.actions[button]}
            value={`${base}/${button}`}
            texts={copying}
          />
        ))}
        {scenes.length === 0 && (
          <CopyLink
            label={texts.sceneExample}
            value={`${base}/scene/Host`}
            texts={copying}
          />
        )}
        {scenes.map((scene) => (
          <CopyLink
            key={scene}
            label={texts.scene(scene)}
            value={`${base}/scene/${encodeURIComponent(scene)}`}
            texts={copying}
          />
        ))}
        <CopyLink label={texts.state} value={`${base}/state`} texts={copying} />
        <p class="note">{texts.stateHelp}</p>
      </section>
      <section class="card">
        <h2>{texts.streamDeck}</h2>
        <ol class="steps">
          {texts.streamDeckSteps.map((step) => <li key={step}>{step}</li>)}
        </ol>
      </section>
      <section class="card">
        <h2>{texts.companion}</h2>
        <ol class="steps">
          {texts.companionSteps.map((step) => <li key={step}>{step}</li>)}
        </ol>
        <CopyLink label={texts.base} value={base} texts={copying} />
        <CopyLink
          label={texts.json}
          value='{"Authorization": "Bearer KEY"}'
          texts={copying}
        />
      </section>
      <section class="card">
        <h2>{texts.curl}</h2>
        <CopyLink
          label="curl"
          value={`curl -X POST -H "${header}" ${base}/toggle`}
          texts={copying}
        />
      </section>
    </Page>
  );
});
