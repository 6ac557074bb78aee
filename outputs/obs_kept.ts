/**
 * What the host has set of OBS: its address and password, what scenes follow,
 * and which may be switched to.
 *
 * @module
 */
import type { ObsSettings } from "@/core/obs.ts";
import type { Sessions } from "@/core/ports.ts";
import { type ObsChange, ObsKept } from "@/core/shapes/obs.ts";

/** Name of the document that is kept. */
const DOCUMENT = "obs";

/** `OBS_URL` and `OBS_PASSWORD`, where they are set. */
export interface ObsGiven {
  address?: string | undefined;
  password?: string | undefined;
}

/** The settings of OBS. */
export interface KeptObs {
  now(): ObsKept;
  /** The address to connect to; null for none. */
  address(): string | null;
  password(): string | null;
  /** As the panel shows them. */
  settings(): ObsSettings;
  isAllowed(scene: string): boolean;
  /** Keeps a change; whether another OBS is meant, or another password. */
  put(wanted: ObsChange): Promise<boolean>;
}

/** Reads what is kept; what is given goes before it. */
export async function openKeptObs(
  documents: Pick<Sessions, "document" | "putDocument">,
  given: ObsGiven,
): Promise<KeptObs> {
  let kept = ObsKept.safeParse(await documents.document(DOCUMENT) ?? {}).data ??
    ObsKept.parse({});
  const address = () => given.address ?? kept.address;
  const password = () => given.password ?? kept.password;
  return {
    now: () => kept,
    address,
    password,
    settings: () => ({
      address: address(),
      passwordSet: password() !== null,
      fixed: {
        address: given.address !== undefined,
        password: given.password !== undefined,
      },
      rules: kept.rules,
      allowed: kept.allowed,
    }),
    isAllowed: (scene) => kept.allowed === null || kept.allowed.includes(scene),
    async put(wanted) {
      const next = ObsKept.parse({ ...kept, ...wanted });
      await documents.putDocument(DOCUMENT, next);
      const isElsewhere = next.address !== kept.address ||
        wanted.password !== undefined;
      kept = next;
      return isElsewhere;
    },
  };
}
