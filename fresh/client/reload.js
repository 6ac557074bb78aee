// The script of every page in development: reloads it when the server says
// that a file changed, and when the server comes back as another one. It is
// plain JavaScript because it must work when nothing could be bundled.

let server = null;
const source = new EventSource(new URL("changes", import.meta.url));
source.addEventListener("server", ({ data }) => {
  if (server !== null && server !== data) location.reload();
  server = data;
});
source.addEventListener("change", () => location.reload());
