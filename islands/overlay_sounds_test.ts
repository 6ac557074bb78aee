/**
 * How loud the overlay's sounds are, rendered by a real browser: beside a voice,
 * not over it. Levels of the loudest 100 ms, against full scale.
 */
import { ok } from "node:assert";
import { build, stop } from "esbuild";
import { SOUNDS } from "@/components/overlay/sounds.ts";
import { DEFAULT_LOOK } from "@/core/look.ts";
import { openChromium } from "@/testing/chromium.ts";

/** Least and most, in dB below full scale. */
const LEAST_DB = -20;
const MOST_DB = -14;

/** What a sound is like. */
interface Heard {
  db: number;
  peak: number;
  /** When the last of it is heard, in s. */
  ends: number;
}

Deno.test({
  name:
    "each sound stands beside a voice, clips nowhere and is over in a second",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const { outputFiles } = await build({
      entryPoints: ["components/overlay/sounds.ts"],
      ...{ bundle: true, write: false, format: "iife", globalName: "made" },
    });
    await stop();
    const browser = await openChromium();
    const page = await browser.newPage();
    try {
      await page.addScriptTag({ content: outputFiles[0]!.text });
      const hear = (name: string, volume: number) =>
        page.evaluate<Heard>(`(async () => {
          const rate = 48000;
          const on = new OfflineAudioContext(1, 1.5 * rate, rate);
made.scheduleSound(on, ${JSON.stringify(name)}, ${volume});
          const wave = (await on.startRendering()).getChannelData(0);
          const power = (from) => {
            let sum = 0;
            for (let i = from; i < from + rate / 10; i++) sum += wave[i] ** 2;
            return sum / (rate / 10);
          };
          let loudest = 0;
          for (let at = 0; at < 1.4 * rate; at += rate / 200) {
            loudest = Math.max(loudest, power(at));
          }
          return {
            db: 10 * Math.log10(loudest),
            peak: Math.max(...wave.map(Math.abs)),
            ends: wave.findLastIndex((one) => Math.abs(one) > 0.001) / rate,
          };
        })()`);
      for (const name of Object.keys(SOUNDS)) {
        const { db, ends } = await hear(name, DEFAULT_LOOK.volume);
        ok(db >= LEAST_DB && db <= MOST_DB, `${name} has ${db} dBFS`);
        ok(ends < 1, `${name} takes ${ends} s`);
        const { peak } = await hear(name, 100);
        ok(peak < 1, `${name} comes to ${peak}`);
        console.log(
          `${name}: ${db.toFixed(1)} dBFS, ${ends.toFixed(2)} s, at most ${
            peak.toFixed(2)
          }`,
        );
      }
    } finally {
      await browser.close();
    }
  },
});
