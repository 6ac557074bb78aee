/**
 * A viewer's picture, or the initials of the name where there is none.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { initialsOf } from "./initials.ts";
import { pictureUrl } from "./picture.ts";

/** Colours for initials; each is dark enough for white. */
const HUES = 12;

/** The picture of a viewer, `size` pixels wide. */
export function Avatar(
  { url: given, name, id, size }: {
    url: string | null;
    name: string;
    id: string;
    size: 36 | 48 | 64;
  },
) {
  const url = pictureUrl(given);
  const broken = useSignal<string | null>(null);
  if (url !== null && broken.value !== url) {
    return (
      <img
        class="avatar"
        src={url}
        alt=""
        width={size}
        height={size}
        loading="lazy"
        referrerpolicy="no-referrer"
        onError={() => broken.value = url}
      />
    );
  }
  return (
    <span
      class={`avatar avatar-letter avatar-${size}`}
      data-hue={hueOf(id)}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  );
}

function hueOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  return sum % HUES;
}
