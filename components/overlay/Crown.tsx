/**
 * The crown of the first place, drawn here so that it takes a theme's colours.
 *
 * @module
 */

/** A crown as large as its `.crown` says. */
export function Crown() {
  return (
    <svg class="crown" viewBox="0 0 64 48" aria-hidden="true">
      <path
        class="crown-body"
        d="M6 44 2 12q0-3 3-2l14 11L30 3q2-3 4 0l11 18 14-11q3-1 3 2l-4 32z"
      />
      <path class="crown-band" d="M6.5 36h51l-1 8h-49z" />
      <circle class="crown-gem" cx="32" cy="27" r="4.5" />
      <circle class="crown-gem" cx="17" cy="30" r="3" />
      <circle class="crown-gem" cx="47" cy="30" r="3" />
    </svg>
  );
}
