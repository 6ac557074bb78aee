/**
 * Commits that wait their turn. Two processes may have one database open, and
 * while one commits SQLite tells the other that it is locked; Deno KV passes
 * that on instead of waiting. A commit refused so has done nothing.
 *
 * @see {@link https://www.sqlite.org/rescode.html#busy}
 *
 * @module
 */

/** How long to try for, in milliseconds; another's commit takes up to 240. */
const PATIENCE_MS = 5_000;
/** The first pause, in milliseconds; each one is twice the one before. */
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/**
 * Commits, waiting while another process does.
 *
 * @throws {Error} What Deno KV throws; `database is locked` only after 5 s.
 */
export async function commit(
  atomic: Deno.AtomicOperation,
): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
  const start = performance.now();
  for (let pause = FIRST_PAUSE_MS;; pause *= 2) {
    try {
      return await atomic.commit();
    } catch (error) {
      const waited = performance.now() - start;
      if (!isLocked(error) || waited > PATIENCE_MS) throw error;
      const wait = Math.min(pause, LONGEST_PAUSE_MS);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /database is locked/.test(error.message);
}
