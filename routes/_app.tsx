/**
 * The document around every page but the overlay, which brings its own.
 *
 * @module
 */
import { asset } from "fresh/runtime";
import { define } from "@/routes/(_http)/define.ts";
import { type Language, textsOf } from "@/locales/mod.ts";

const LATIN = "/fonts/anuphan-latin-wght-normal.woff2";
const THAI = "/fonts/anuphan-thai-wght-normal.woff2";

/** Fonts that a page writes at once: they come before it is drawn. */
const FONTS: Record<Language, string[]> = {
  th: [LATIN, THAI],
  en: [LATIN],
};

/** The document around every page: language, title, icons, styles. */
export default define.page(({ Component, state, url }) => {
  const language = state.language ?? "en";
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover"
        />
        <meta name="color-scheme" content="dark light" />
        <meta name="robots" content="noindex" />
        <title>{textsOf(language).app.name}</title>
        <link rel="icon" href={asset("/icon.svg")} type="image/svg+xml" />
        {FONTS[language].map((href) => (
          <link
            key={href}
            rel="preload"
            as="font"
            type="font/woff2"
            href={href}
            crossorigin="anonymous"
          />
        ))}
        <link rel="stylesheet" href={asset("/fonts.css")} />
        <link
          rel="stylesheet"
          href={asset(
            /^\/admin\/?$/.test(url.pathname) ? "/panel.css" : "/pages.css",
          )}
        />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
});
