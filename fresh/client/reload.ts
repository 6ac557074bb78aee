/**
 * The script of every page in development: reloads it when the server says
 * that something changed, and when the server comes back as another one.
 *
 * @module
 */

let server: string | null = null;
const source = new EventSource("/_fresh/changes");
source.addEventListener("server", ({ data }: MessageEvent<string>) => {
  if (server !== null && server !== data) location.reload();
  server = data;
});
source.addEventListener("change", () => location.reload());
