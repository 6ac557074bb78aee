/**
 * The host's panel. It draws what the server says and sends what the host
 * presses; it decides nothing about the game.
 *
 * @module
 */
import { useMemo } from "preact/hooks";
import { Actions } from "@/components/panel/Actions.tsx";
import type { Air } from "@/components/shared/AirPreview.tsx";
import { Announcer } from "@/components/panel/Announcer.tsx";
import { Banners } from "@/components/panel/Banners.tsx";
import { Board } from "@/components/panel/Board.tsx";
import { CommentsPart } from "@/components/panel/CommentsPart.tsx";
import {
  ConnectionCard,
  ConnectionTrouble,
} from "@/components/panel/ConnectionCard.tsx";
import { useFocusBack } from "@/components/panel/focus_back.ts";
import { GameCard } from "@/components/panel/GameCard.tsx";
import { HealthLine } from "@/components/panel/HealthPart.tsx";
import { Icon } from "@/components/shared/Icon.tsx";
import { KeysDialog } from "@/components/panel/KeysDialog.tsx";
import { MorePart, PanelLanguage } from "@/components/panel/MorePart.tsx";
import {
  createPanel,
  PanelContext,
  usePanel,
} from "@/components/panel/panel_state.ts";
import { ObsTrouble } from "@/components/panel/ObsStatus.tsx";
import { StagePart } from "@/components/panel/StagePart.tsx";
import { openCard, StatusTiles } from "@/components/panel/StatusTiles.tsx";
import { Tabs } from "@/components/panel/Tabs.tsx";
import { Toasts } from "@/components/panel/Toasts.tsx";
import { usePanelLive } from "@/components/panel/use_panel_live.ts";
import { useSignIn } from "@/components/panel/use_sign_in.ts";
import { ViewerPart } from "@/components/panel/ViewerPart.tsx";
import { WinnerDialog } from "@/components/panel/WinnerDialog.tsx";
import type { DeskState, Role } from "@/core/views.ts";
import type { Language } from "@/locales/mod.ts";
import { bringPageTexts } from "@/locales/spoken.ts";
import { yesNo } from "@/components/shared/yes_no.ts";

// Whoever draws it can speak.
await bringPageTexts();

/** What the page renders the panel with. */
interface PanelProps {
  first: DeskState;
  language: Language;
  /** The time zone the server takes the browser for. */
  zone: string;
  role: Role;
  /** Whether the host wants to see the overlay here. */
  air: Air;
  /** The link for OBS. */
  overlayUrl: string;
  /** Where the source code is. */
  source: string;
  /** By a cookie, and so with a way out. */
  isSignedIn: boolean;
}

/** See the module. */
export default function Panel(
  props: PanelProps,
) {
  const { first, air, overlayUrl, source, isSignedIn } = props;
  const panel = useMemo(() => createPanel(first, props), []);
  usePanelLive(panel);
  useSignIn(panel);
  return (
    <PanelContext.Provider value={panel}>
      <div
        class="panel"
        data-tab={panel.tab.value}
        data-viewer={panel.viewerId.value === null ? "none" : "open"}
        data-phase={panel.frame.value.phase}
        data-ready={yesNo(panel.isReady.value)}
        data-lost={yesNo(panel.lostAt.value !== null)}
      >
        <a class="skip" href="#controls">{panel.texts.value.app.skip}</a>
        <Banners />
        <Head />
        <main class="columns">
          <div class="column column-right">
            <Controls />
            <Tabs />
            <StagePart overlayUrl={overlayUrl} air={air} />
            <MorePart
              overlayUrl={overlayUrl}
              source={source}
              isSignedIn={isSignedIn}
            />
          </div>
          <div class="column column-left">
            <Board />
          </div>
          <div class="column column-middle">
            <ViewerPart />
            <CommentsPart />
          </div>
        </main>
        <Toasts />
        <Announcer />
        <WinnerDialog />
        <KeysDialog />
      </div>
    </PanelContext.Provider>
  );
}

/** The line above everything, where there is room for one. */
function Head() {
  const panel = usePanel();
  const { app, keys, settings } = panel.texts.value;
  return (
    <header class="top">
      <a class="brand" href="/">{app.name}</a>
      <HealthLine />
      <span class="keys-hint">{keys.hint}</span>
      <PanelLanguage />
      <button
        type="button"
        class="button quiet square"
        aria-label={settings.title}
        title={settings.title}
        aria-expanded={yesNo(panel.tab.value === "more")}
        onClick={() =>
          panel.tab.value = panel.tab.value === "more" ? "board" : "more"}
      >
        <Icon name="settings" />
      </button>
    </header>
  );
}

/** The four controls, whose state is always in sight. */
function Controls() {
  const panel = usePanel();
  const card = openCard(panel);
  useFocusBack(card, () => document.getElementById("controls"));
  return (
    <section
      id="controls"
      class="controls"
      tabIndex={-1}
      aria-label={panel.texts.value.game.controls}
    >
      <StatusTiles />
      {card !== "connection" && <ConnectionTrouble />}
      <ObsTrouble />
      <div id="card">
        {card === "connection" && <ConnectionCard />}
        {card === "game" && <GameCard />}
      </div>
      <Actions />
    </section>
  );
}
