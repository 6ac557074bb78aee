/**
 * The overlay over a still of a stream, as large as there is room, with things
 * to try. What is tried plays in this preview alone.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Look } from "@/core/shapes/look.ts";
import type { Texts } from "@/locales/mod.ts";
import { type ToStudio, type Trial, TRIALS } from "../overlay/trials.ts";
import { yesNo } from "../shared/yes_no.ts";

/** Width and height of a stream. */
const SHAPES = { portrait: [1080, 1920], landscape: [1920, 1080] } as const;
type Shape = keyof typeof SHAPES;

/** See the module. */
export function OverlayPreview(
  { look, language, texts }: {
    look: Look;
    language: string;
    texts: Texts["editor"];
  },
) {
  const shape = useSignal<Shape>("portrait");
  const guides = useSignal(false);
  const frame = useRef<HTMLIFrameElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const scale = useSignal(0.2);
  const [width, height] = SHAPES[shape.value];

  const tell = (message: ToStudio) =>
    frame.current?.contentWindow?.postMessage(message, location.origin);
  const tellLook = () => tell({ type: "look", look });
  const newestLook = useRef(tellLook);
  newestLook.current = tellLook;

  useEffect(() => newestLook.current(), [look]);
  useEffect(() => {
    // The page inside says when it can be told anything.
    const onMessage = ({ source, data }: MessageEvent) => {
      if (source !== frame.current?.contentWindow) return;
      if (data?.type === "studio ready") newestLook.current();
    };
    addEventListener("message", onMessage);
    return () => removeEventListener("message", onMessage);
  }, []);
  useEffect(() => {
    const box = screen.current;
    if (!box) return;
    const fit = () => scale.value = box.clientWidth / width;
    const watcher = new ResizeObserver(fit);
    watcher.observe(box);
    fit();
    return () => watcher.disconnect();
  }, [width]);

  const query = new URLSearchParams({ studio: "", lang: language });
  if (guides.value) query.set("guides", "");
  return (
    <section class="editor-preview" aria-label={texts.preview}>
      <div class="button-row" role="group" aria-label={texts.shape}>
        {(["portrait", "landscape"] as const).map((each) => (
          <button
            key={each}
            type="button"
            class="button"
            aria-pressed={yesNo(shape.value === each)}
            onClick={() => shape.value = each}
          >
            {texts[each]}
          </button>
        ))}
        <button
          type="button"
          class="button"
          aria-pressed={yesNo(guides.value)}
          onClick={() => guides.value = !guides.value}
        >
          {texts.guides}
        </button>
      </div>
      <div
        ref={screen}
        class="editor-screen"
        data-shape={shape.value}
        style={{ height: `${height * scale.value}px` }}
      >
        <Still />
        <iframe
          ref={frame}
          key={String(guides.value)}
          src={`/overlay?${query}`}
          title={texts.preview}
          tabIndex={-1}
          width={width}
          height={height}
          style={{ transform: `scale(${scale.value})` }}
        />
      </div>
      <p class="note">{texts.tries}</p>
      <div class="button-row">
        {TRIALS.map((trial: Trial) => (
          <button
            key={trial}
            type="button"
            class="button"
            data-trial={trial}
            onClick={() => tell({ type: "trial", trial })}
          >
            {texts.trials[trial]}
          </button>
        ))}
      </div>
    </section>
  );
}

/** A host at a desk in warm light, made of gradients alone. */
function Still() {
  return (
    <div class="still" aria-hidden="true">
      <i class="still-lamp" />
      <i class="still-shelf" />
      <i class="still-hair" />
      <i class="still-face" />
      <i class="still-body" />
      <i class="still-desk" />
    </div>
  );
}
