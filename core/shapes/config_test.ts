import { deepStrictEqual as equal, match, ok, throws } from "node:assert";
import {
  type Config,
  ConfigError,
  readConfig,
  SETTING_NAMES,
  settingLines,
  shownAddress,
} from "./config.ts";

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

Deno.test("readConfig() asks nobody for newer versions where the address is empty", () => {
  for (const UPDATE_URL of ["", " ", undefined]) {
    equal(readConfig({ UPDATE_URL }).UPDATE_URL, undefined);
  }
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

/** By setting: values that cannot be used, and words of the reason. */
const BAD: Partial<Record<keyof Config, [string[], RegExp]>> = {
  DATA_DIR: [["~", "~/games", "~host/games"], /without ~/],
  PORT: [["80x", "-1", "65536", "9".repeat(400)], /must be (a whole|from 0)/],
  HOST: [
    ["http://127.0.0.1", "127.0.0.1:80", "a b", "localhost/", "[::1"],
    /without http:\/\/ and a port/,
  ],
  REDIS_URL: [
    [
      "redis://:50%off@127.0.0.1:6379",
      "redis://127.0.0.1:6379/game",
      "redis://default:p@ss:w/rd#1%?é@127.0.0.1:6379",
      "redis://:pa#ss@127.0.0.1:6379",
      "redis://u:1/2@127.0.0.1:6379",
      "redis://u:1?2@127.0.0.1:6379",
      "redis://u:1#2@127.0.0.1:6379",
      "redis://127.0.0.1:6379/9999999999",
    ],
    /written as %XX.*behind the port but the number of a database/,
  ],
  REDIS_KEEP_DAYS: [["0", "3651", "a week"], /must be (a whole|from 1)/],
  ROLE: [["both", "ALL"], /must be all, web or ingest/],
  HOST_KEY: [
    ["short", "กุญแจของโฮสต์ที่ยาวพอแล้ว", "a-key-with-a-line\nbreak"],
    /16 characters or more|of ASCII alone/,
  ],
  LOCAL_TRUST: [["yes", "true"], /must be 0 or 1/],
  METRICS_PUBLIC: [["on"], /must be 0 or 1/],
  PUBLIC_URL: [
    [
      "https://panel.example.com/live",
      "https://panel.example.com?x=1",
      "https://me:secret@panel.example.com",
      "panel.example.com",
      "https://",
      "https://a b.example",
      "http://panel.example.com:99999",
    ],
    /must be an address/,
  ],
  HOSTS: [["myname", "github:", "github:me, friend"], /github:name/],
  MODERATORS: [["@friend"], /github:name/],
  UPDATE_URL: [["example.com", "ftp://x"], /must be an address/],
  OAUTH_OTHER_URL: [["login.example.com", "ftp://x"], /must be an address/],
  OAUTH_OTHER_TITLE: [["x".repeat(41)], /must have 40 characters or fewer/],
  TIKTOK_WEB_URL: [["www.tiktok.com", "https://a#b"], /must be an address/],
  TIKTOK_SIGN_URL: [["https://me:key@x.example"], /without a user/],
  TIKTOK_SIGN_API_KEY: [["ก", "a b", "a;b"], /without spaces/],
  TIKTOK_PROXY_URL: [
    ["127.0.0.1:3128", "socks5://127.0.0.1:1", "http://u:50%off@h:1"],
    /must (be an address|have special characters)/,
  ],
  TIKTOK_SESSION_ID: [["a;b", "ก"], /without spaces/],
  AVATARS_FROM: [["http://h/pictures", "h"], /must be an address/],
  OBS_URL: [["127.0.0.1:4455", "ws://h#1", "http://h"], /must be an address/],
  ROOM: [["real"], /tiktok or simulated/],
  SIMULATED_SEED: [["-1", "1.5"], /must be/],
  SIMULATED_PACE: [["0", "5001"], /must be/],
};

Deno.test("readConfig() refuses what would only fail later, in one line with an example", () => {
  for (const [name, [values, reason]] of Object.entries(BAD)) {
    for (const value of values) {
      throws(() => readConfig({ [name]: value }), (error: ConfigError) => {
        const lines = error.message.split("\n");
        equal(lines.length, 1, error.message);
        match(error.message, new RegExp(`^Cannot use ${name}: it must `));
        match(error.message, reason, value);
        match(error.message, new RegExp(`; for example ${name}=\\S`));
        return error instanceof ConfigError;
      }, `${name}=${value}`);
    }
  }
});

Deno.test("readConfig() says of an address of Redis what is wrong with it", () => {
  for (
    const [url, reason] of [
      ["redis://", /must name a host/],
      ["rediss://:6379", /must name a host/],
      ["redis://:secret@/1", /must name a host/],
      ["redis://127.0.0.1:99999", /must have a port from 1 to 65535/],
      ["redis://:secret@127.0.0.1:63x9", /must have a port from 1 to 65535/],
      ["redis://[::1]:0", /must have a port from 1 to 65535/],
    ] as const
  ) {
    throws(() => readConfig({ REDIS_URL: url }), (error: ConfigError) => {
      match(error.message, reason, url);
      ok(!error.message.includes("secret") && !error.message.includes("%XX"));
      return true;
    });
  }
});

Deno.test("readConfig() takes what its own examples say, and every way to write an address", () => {
  for (const line of settingLines().split("\n")) {
    const [, name, value] = /^ {2}(\w+)=(.*)$/.exec(line)!;
    readConfig({ [name!]: value });
  }
  equal(SETTING_NAMES.length, settingLines().split("\n").length);
  const host = (HOST: string) => readConfig({ HOST }).HOST;
  equal(["[::1]", "::1", "0.0.0.0", "pc.local", "fe80::1%eth0"].map(host), [
    "::1",
    "::1",
    "0.0.0.0",
    "pc.local",
    "fe80::1%eth0",
  ]);
  for (
    const url of [
      "redis://default:p%40ss%3Aw%2Frd%231%25%3F%C3%A9@127.0.0.1:6379",
      "redis://:p@ss@127.0.0.1/2",
      "rediss://r.example",
      "redis://[::1]:6379/",
    ]
  ) ok(readConfig({ REDIS_URL: url }).REDIS_URL);
  const PUBLIC_URL = "HTTPS://Panel.Example.com:443/";
  equal(readConfig({ PUBLIC_URL }).PUBLIC_URL, "https://panel.example.com");
  readConfig({ TIKTOK_PROXY_URL: "http://u:50%25off@h:3128" });
});
