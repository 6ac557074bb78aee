/**
 * Which part of the panel a narrow screen shows.
 *
 * @module
 */
import { Icon, type IconName } from "../shared/Icon.tsx";
import { type Tab, usePanel } from "./panel_state.ts";

const TABS: [Tab, IconName][] = [
  ["board", "board"],
  ["comments", "comment"],
  ["stage", "screen"],
  ["more", "dots"],
];

/** See the module. */
export function Tabs() {
  const panel = usePanel();
  const texts = panel.texts.value.panel;
  return (
    <nav class="tabs" aria-label={texts.tabs}>
      {TABS.map(([tab, icon]) => (
        <button
          key={tab}
          type="button"
          class="tab"
          data-tab={tab}
          aria-current={panel.tab.value === tab ? "true" : undefined}
          onClick={() => {
            panel.tab.value = tab;
            panel.viewerId.value = null;
          }}
        >
          <Icon name={icon} />
          {texts[tab]}
        </button>
      ))}
    </nav>
  );
}
