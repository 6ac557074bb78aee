import { strictEqual } from "node:assert";
import { deviceName } from "./device_name.ts";

Deno.test("deviceName() says browser and system, and cuts what it does not know", () => {
  const cases = [
    [
      "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36",
      "Chrome, Android",
    ],
    [
      "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
      "Safari, iPad",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36 OBS/31.0.0",
      "OBS, Windows",
    ],
    ["curl/8.5.0", "curl/8.5.0"],
    ["", "?"],
  ] as const;
  for (const [said, name] of cases) strictEqual(deviceName(said), name);
});
