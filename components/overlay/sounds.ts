/**
 * The overlay's sounds, made here of plain tones: short and dry, quiet beside a
 * voice, and never two of a kind at once. Loaded only where they are wanted.
 *
 * @module
 */

export type SoundName =
  | "overtaking"
  | "tick"
  | "last"
  | "winner"
  | "goal"
  | "bell";

/** One tone of a sound; times in seconds, loudness 0–1. */
interface Tone {
  at: number;
  hertz: number;
  seconds: number;
  loud: number;
  shape: OscillatorType;
  /** Where its pitch glides to. */
  to?: number;
}

const tone = (
  at: number,
  hertz: number,
  seconds: number,
  loud: number,
  shape: OscillatorType = "triangle",
  to?: number,
): Tone => ({ at, hertz, seconds, loud, shape, ...(to && { to }) });

/** Each shorter than a second. */
export const SOUNDS: Record<SoundName, Tone[]> = {
  overtaking: [
    tone(0, 520, 0.09, 0.16, "sine", 880),
    tone(0.06, 1040, 0.1, 0.1, "sine"),
  ],
  tick: [tone(0, 880, 0.07, 0.28), tone(0, 1760, 0.03, 0.1, "sine")],
  last: [tone(0, 1320, 0.26, 0.3), tone(0, 660, 0.3, 0.16, "sine")],
  winner: [
    tone(0, 523, 0.14, 0.22),
    tone(0.11, 659, 0.14, 0.22),
    tone(0.22, 784, 0.14, 0.22),
    tone(0.33, 1047, 0.46, 0.26),
    tone(0.33, 523, 0.5, 0.14, "sine"),
    tone(0.33, 1568, 0.3, 0.05, "sine"),
  ],
  goal: [
    tone(0, 784, 0.12, 0.2),
    tone(0.1, 1175, 0.34, 0.24),
    tone(0.1, 1568, 0.2, 0.05, "sine"),
  ],
  bell: [
    tone(0, 1047, 0.8, 0.22, "sine"),
    tone(0, 2093, 0.5, 0.1, "sine"),
    tone(0, 2865, 0.25, 0.06, "sine"),
  ],
};

/**
 * What each is multiplied by, so that its loudest 100 ms have the level of a
 * voice beside it: −17 dBFS at the volume that is set at first.
 */
const LOUD: Record<SoundName, number> = {
  ...{ overtaking: 5.6, tick: 5, last: 2.6, winner: 2.4, goal: 3.4, bell: 2.3 },
};

/** How much of a tone is left when it ends: less would be a click. */
const LEFT = 0.03;

/** The same sound comes again only after so many ms. */
const APART_MS = 350;

let context: AudioContext | null = null;
const playedAt = new Map<SoundName, number>();

/** Plays a sound; a browser that forbids it stays silent. */
export function playSound(name: SoundName, volume: number): void {
  const now = performance.now();
  if (volume <= 0 || now - (playedAt.get(name) ?? -APART_MS) < APART_MS) return;
  playedAt.set(name, now);
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  scheduleSound(context, name, volume);
}

/** Has a sound begin at once, in a context that plays or renders it. */
export function scheduleSound(
  on: BaseAudioContext,
  name: SoundName,
  volume: number,
): void {
  const tones = SOUNDS[name];
  const master = on.createGain();
  // Ears hear powers; and a sum of tones is never cut off at full scale.
  const wanted = LOUD[name] * (volume / 100) ** 1.6;
  master.gain.value = Math.min(wanted, 0.95 / peakOf(tones));
  master.connect(on.destination);
  for (const each of tones) playTone(on, master, each);
}

/** The most that tones come to together. */
function peakOf(tones: Tone[]): number {
  const at = (moment: number) =>
    tones.filter(({ at, seconds }) => at <= moment && moment < at + seconds)
      .reduce((sum, { loud }) => sum + loud, 0);
  return Math.max(...tones.map((tone) => at(tone.at)));
}

function playTone(on: BaseAudioContext, into: AudioNode, tone: Tone): void {
  const start = on.currentTime + 0.01 + tone.at;
  const end = start + tone.seconds;
  const source = on.createOscillator();
  const loud = on.createGain();
  source.type = tone.shape;
  source.frequency.setValueAtTime(tone.hertz, start);
  if (tone.to) source.frequency.exponentialRampToValueAtTime(tone.to, end);
  loud.gain.setValueAtTime(0.0001, start);
  loud.gain.exponentialRampToValueAtTime(tone.loud, start + 0.006);
  loud.gain.exponentialRampToValueAtTime(tone.loud * LEFT, end);
  loud.gain.linearRampToValueAtTime(0, end + 0.015);
  source.connect(loud).connect(into);
  source.start(start);
  source.stop(end + 0.02);
}
