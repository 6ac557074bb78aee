import { deepStrictEqual as equal, throws } from "node:assert";
import { ConfigError, readConfig, shownAddress } from "./config.ts";

Deno.test("readConfig() fills in what is not set", () => {
  const { PORT, HOST, DATA_DIR, LOCAL_TRUST, ROOM } = readConfig({ PORT: " " });
  equal([PORT, HOST, DATA_DIR, LOCAL_TRUST, ROOM], [
    8000,
    "127.0.0.1",
    "./data",
    undefined,
    "tiktok",
  ]);
});

Deno.test("readConfig() takes the slash off an address", () => {
  const url = "http://127.0.0.1:9000/";
  equal(readConfig({ TIKTOK_WEB_URL: url }).TIKTOK_WEB_URL, url.slice(0, -1));
});

Deno.test("readConfig() names each bad setting, with an example", () => {
  throws(
    () => readConfig({ PORT: "80x", TIKTOK_SIGN_URL: "ftp://x" }),
    (error: ConfigError) => {
      equal(error.message.split("\n"), [
        'Cannot use PORT: it must be a whole number, not "80x"; for example PORT=8000',
        'Cannot use TIKTOK_SIGN_URL: it must be an address that begins with https:// or http://, not "ftp://x"; for example TIKTOK_SIGN_URL=https://tiktok.eulerstream.com',
      ]);
      return true;
    },
  );
});

Deno.test("readConfig() does not repeat a secret", () => {
  throws(
    () => readConfig({ HOST_KEY: "hunter2" }),
    (error: ConfigError) => !error.message.includes("hunter2"),
  );
});

Deno.test("readConfig() wants REDIS_URL where a process does not do everything", () => {
  for (const ROLE of ["web", "ingest"]) {
    throws(
      () => readConfig({ ROLE }),
      (error: ConfigError) =>
        error.message ===
          `Cannot use REDIS_URL: it must be set for ROLE=${ROLE}, which meets the others there; for example REDIS_URL=redis://127.0.0.1:6379`,
    );
    equal(readConfig({ ROLE, REDIS_URL: "rediss://r.example" }).ROLE, ROLE);
  }
  throws(() => readConfig({ ROLE: "both" }), /must be all, web or ingest/);
});

Deno.test("a password in REDIS_URL is printed nowhere", () => {
  throws(
    () => readConfig({ REDIS_URL: "http://me:hunter2@r.example" }),
    (error: ConfigError) =>
      /REDIS_URL: it must be an address that begins with redis:/
        .test(error.message) && !error.message.includes("hunter2"),
  );
  const address = "rediss://me:hunter2@r.example:6380/2";
  equal(shownAddress(address), "rediss://r.example:6380/2");
});

Deno.test("readConfig() takes addresses and networks for TRUSTED_PROXIES, and nothing else", () => {
  const proxies = "127.0.0.1, 10.0.0.0/8,::1,fd00::/8";
  equal(readConfig({ TRUSTED_PROXIES: proxies }).TRUSTED_PROXIES, proxies);
  for (const bad of ["localhost", "10.0.0.0/33", "10.0.0.1,", "10.0.0.1:80"]) {
    throws(() => readConfig({ TRUSTED_PROXIES: bad }), {
      message:
        `Cannot use TRUSTED_PROXIES: it must be addresses or networks, separated by commas, not "${bad}"; for example TRUSTED_PROXIES=127.0.0.1,172.16.0.0/12`,
    });
  }
});
