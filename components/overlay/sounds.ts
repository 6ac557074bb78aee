/**
 * The overlay's sounds, made here of plain tones: short and dry, quiet beside a
 * voice, and never two of a kind at once. Loaded only where they are wanted.
 *
 * @module
 */

export type SoundName = "overtaking" | "tick" | "last" | "winner";

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
};

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
  const master = context.createGain();
  master.gain.value = (volume / 100) ** 1.6; // ears hear powers, not sums
  master.connect(context.destination);
  for (const each of SOUNDS[name]) playTone(context, master, each);
}

function playTone(on: AudioContext, into: AudioNode, tone: Tone): void {
  const start = on.currentTime + 0.01 + tone.at;
  const end = start + tone.seconds;
  const source = on.createOscillator();
  const loud = on.createGain();
  source.type = tone.shape;
  source.frequency.setValueAtTime(tone.hertz, start);
  if (tone.to) source.frequency.exponentialRampToValueAtTime(tone.to, end);
  loud.gain.setValueAtTime(0.0001, start);
  loud.gain.exponentialRampToValueAtTime(tone.loud, start + 0.006);
  loud.gain.exponentialRampToValueAtTime(0.0001, end);
  source.connect(loud).connect(into);
  source.start(start);
  source.stop(end + 0.02);
}
