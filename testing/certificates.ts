/**
 * Certificates for tests: an authority of their own, and what it signs.
 *
 * @module
 */
import { generate } from "selfsigned";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A certificate and its key, as PEM. */
interface Certificate {
  cert: string;
  key: string;
}

/** An authority that nobody knows. */
export async function makeAuthority(): Promise<Certificate> {
  const name = [{ name: "commonName", value: "An authority of tests" }];
  const made = await generate(name, {
    ...terms(DAY_MS),
    extensions: [{ name: "basicConstraints", cA: true, critical: true }],
  });
  return { cert: made.cert, key: made.private };
}

/**
 * A server's certificate.
 *
 * @param ip The address it is for.
 * @param lasts Ms from now until it runs out; negative where it has.
 */
export async function makeCertificate(
  authority: Certificate,
  ip: string,
  lasts = DAY_MS,
): Promise<Certificate> {
  const made = await generate([{ name: "commonName", value: "server" }], {
    ...terms(lasts),
    ca: { key: authority.key, cert: authority.cert },
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip }] }],
  });
  return { cert: made.cert, key: made.private };
}

function terms(lasts: number) {
  const now = Date.now();
  return {
    keyType: "ec" as const,
    algorithm: "sha256",
    notBeforeDate: new Date(now - 2 * DAY_MS),
    notAfterDate: new Date(now + lasts),
  };
}
