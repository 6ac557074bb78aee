/**
 * Goes on by itself, as a page of our own: a redirect would still belong to
 * whoever led here, a chat perhaps, and a `SameSite` cookie would stay away.
 *
 * @module
 */
import { Head } from "fresh/runtime";

/** See the module. */
export function GoOn({ next, words }: { next: string; words: string }) {
  return (
    <main class="page">
      <Head>
        <meta http-equiv="refresh" content={`0;url=${next}`} />
      </Head>
      <p>
        <a href={next}>{words}</a>
      </p>
    </main>
  );
}
