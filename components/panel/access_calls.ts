/**
 * What the panel asks about keys and devices.
 *
 * @module
 */
import type { Role } from "@/core/views.ts";
import type { Got } from "../shared/keep_fresh.ts";
import { problemOf } from "../shared/send_command.ts";

/** A key, as the server tells it; times are Unix ms. */
export interface KeyShown {
  id: string;
  role: Role;
  label: string;
  madeAt: number;
  usedAt: number | null;
}

/** A signed-in device. */
export interface DeviceShown {
  id: string;
  keyId: string | null;
  account: string[] | null;
  role: Role | null;
  device: string;
  madeAt: number;
  usedAt: number | null;
}

/** What `GET /api/keys` answers. */
export interface AccessShown {
  keys: KeyShown[];
  signIns: DeviceShown[];
  /** The sign-in of this browser. */
  self: string | null;
}

/** A pairing link to show. */
export interface PairingShown {
  link: string;
  qr: { size: number; path: string };
  endsAt: number;
}

/** Asks for one thing; an answer without content is null. */
export async function callAccess<T>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Got<T>> {
  try {
    const response = await fetch(path, {
      method,
      ...(body !== undefined && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    const data = response.status === 204 ? null : await response.json();
    return { ok: true, data: data as T };
  } catch {
    return { ok: false, problem: { kind: "network" } }; // said by the caller
  }
}
