/**
 * The frame around pages made by the server: where one is, the way elsewhere,
 * the language, the licence.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import PageLanguage from "@/islands/PageLanguage.tsx";
import { type Language, textsOf } from "@/locales/mod.ts";

/** See the module. */
export function Page(
  { title, language, source, home = "/", children }: {
    title: string;
    language: Language;
    /** Where the source code is; unknown on some error pages. */
    source?: string;
    /** Where this visitor begins; only who may see `/` is shown the way. */
    home?: string;
    children: ComponentChildren;
  },
) {
  const { app, sessions } = textsOf(language);
  return (
    <div class="page-frame">
      <header class="page-head">
        <a class="brand" href={home}>{app.name}</a>
        {home === "/" && (
          <nav class="page-nav">
            <a class="button quiet" href="/admin">{app.panel}</a>
            <a class="button quiet" href="/sessions">{sessions.title}</a>
          </nav>
        )}
        <PageLanguage label={app.language} language={language} />
      </header>
      <main class="page">
        <h1>{title}</h1>
        {children}
      </main>
      <footer class="page-foot">
        {app.licence}
        {source && (
          <>
            {" · "}
            <a href={source} rel="noopener">{app.source}</a>
          </>
        )}
      </footer>
      {/* Last: Fresh puts it into the next title it meets, a picture's too. */}
      <Head>
        <title>{`${title} · ${app.name}`}</title>
      </Head>
    </div>
  );
}
