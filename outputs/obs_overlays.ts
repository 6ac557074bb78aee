/**
 * The browser sources of OBS that show our overlays. A source that was loaded
 * while this program was down stays blank until somebody presses its button.
 *
 * @module
 */
import { CallError, type Link } from "./obs_call.ts";

/**
 * Whether an address shows an overlay of this place: at its public address, or
 * at its port, by whichever of the machine's names.
 */
export function overlaysAt(
  { publicUrl, port }: {
    publicUrl: string | null;
    /** Null as long as nothing listens. */
    port(): number | null;
  },
): (url: URL) => boolean {
  const publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin;
  return (url) => {
    if (url.pathname !== "/overlay") return false;
    if (url.origin === publicOrigin) return true;
    return url.protocol === "http:" && Number(url.port || 80) === port();
  };
}

/** OBS's own names: the kind of source, and its button. */
const BROWSER = "browser_source";
const REFRESH = "refreshnocache";

/**
 * Loads our overlays anew; how many there were.
 *
 * @throws {LinkError} If the connection ends meanwhile.
 */
export async function pressRefresh(
  link: Link,
  isOurs: (url: URL) => boolean,
): Promise<number> {
  const { inputs } = await link.call("GetInputList", { inputKind: BROWSER });
  let count = 0;
  for (const inputName of inputs.map((input) => String(input.inputName))) {
    try {
      const { inputSettings } = await link.call("GetInputSettings", {
        inputName,
      });
      const url = URL.parse(String(inputSettings.url ?? ""));
      if (url === null || !isOurs(url)) continue;
      const propertyName = REFRESH;
      await link.call("PressInputPropertiesButton", {
        inputName,
        propertyName,
      });
      count++;
    } catch (error) {
      // A source that has just been removed, or has no such button.
      if (!(error instanceof CallError)) throw error;
    }
  }
  return count;
}
