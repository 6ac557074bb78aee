/**
 * The page that OBS shows: transparent, with nothing on it but the overlay. It
 * brings its own document, so that no page's style can paint behind it.
 *
 * @module
 */
import { page } from "fresh";
import { asset } from "fresh/runtime";
import { linkNotes } from "@/components/overlay/link_notes.ts";
import {
  type OverlayOptions,
  readOptions,
} from "@/components/overlay/options.ts";
import { define } from "@/routes/(_http)/define.ts";
import Overlay from "@/islands/Overlay.tsx";
import { textsOf } from "@/locales/mod.ts";

/** Files of the weights that the overlay is written in. */
const FONTS = ["thai-600", "thai-800", "latin-600", "latin-800"];

/** A document of its own: nothing of the panel is in it. */
export const config = { skipAppWrapper: true, skipInheritedLayouts: true };

/** What the link asks for, and the look that the host has set. */
export const handler = define.handlers({
  /** The overlay as its link wants it; what the link gets wrong is ignored. */
  GET(ctx) {
    const query = ctx.url.searchParams;
    const look = ctx.state.desk.state().settings.overlay;
    const options = readOptions(query, look);
    return page({
      options,
      language: options.lang ?? ctx.state.language,
      look,
      query: ctx.url.search,
      notes: options.preview ? linkNotes(query) : [],
    });
  },
});

/** The overlay, transparent but for `?preview`. */
export default define.page<typeof handler>(({ data }) => {
  const { options, language, look, query, notes } = data;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>Overlay</title>
        <link rel="icon" href="data:," />
        {preloadedFonts(options).map((name) => (
          <link
            key={name}
            rel="preload"
            as="font"
            type="font/woff2"
            href={`/fonts/kanit-${name}-normal.woff2`}
            crossOrigin="anonymous"
          />
        ))}
        <link rel="stylesheet" href={asset("/fonts.css")} />
        <link rel="stylesheet" href={asset("/overlay.css")} />
        <link
          rel="stylesheet"
          href={asset(`/themes/${options.theme}.css`)}
        />
      </head>
      <body>
        <Overlay
          query={query}
          look={look}
          words={textsOf(language).overlay}
          notes={notes}
        />
      </body>
    </html>
  );
});

/** None where the streamer brings a font. */
function preloadedFonts(options: OverlayOptions): string[] {
  return options.font === null ? FONTS : [];
}
