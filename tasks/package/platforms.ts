/**
 * What a package is made for, and which runtime it has in it.
 *
 * @module
 */

/** Deno's version that packages run on. With another one the hashes change. */
export const RUNTIME = "2.9.6";

/** A system and a processor that there is a package for. */
export interface Platform {
  /** As archives are named by it. */
  name: string;
  /** The package of npm that has Deno for it. */
  from: string;
  /** The npm registry's own hash of that package's archive (SRI). */
  integrity: string;
  /** Name of Deno's file, in that package and in ours. */
  deno: "deno" | "deno.exe";
  /** What people press: a file of `tasks/package/`. */
  start: "start.sh" | "start.command" | "Start.cmd";
  archive: ".tar.xz" | ".zip";
}

const LINUX = { deno: "deno", start: "start.sh", archive: ".tar.xz" } as const;
const MAC = { ...LINUX, start: "start.command" } as const;
const WINDOWS = {
  ...{ deno: "deno.exe", start: "Start.cmd", archive: ".zip" } as const,
};

/** All of them. */
export const PLATFORMS: readonly Platform[] = [
  {
    name: "linux-x64",
    from: "@deno/linux-x64-glibc",
    integrity:
      "sha512-3md4TKLCuzsLDmfOoC5KN7NAZaxSVkMgm64vg6foD00JBADCpYS2/5QqXfzgnP5ZQz3iLP9vBQJtEgc116OAoQ==",
    ...LINUX,
  },
  {
    name: "linux-arm64",
    from: "@deno/linux-arm64-glibc",
    integrity:
      "sha512-poqhoH9B3nYloigEMPT5t8HY+wBeiuea1An5Q7fqgJzP0SYmWsoS/oUnWO/pEiA4ofzIBy1Elt/in58xKtxEoQ==",
    ...LINUX,
  },
  {
    name: "win-x64",
    from: "@deno/win32-x64",
    integrity:
      "sha512-qRGnmVz/Ea6UWPht/S3xFRK17UZ/ls38DSVfgGB17fpASLxPkksqzWUI/BzL9YYoOknYzfc94mySGyInZu/JXw==",
    ...WINDOWS,
  },
  {
    name: "mac-arm64",
    from: "@deno/darwin-arm64",
    integrity:
      "sha512-V8uO1Aolrl/yvdMb5lOtgtigs8YuZBjrOrgviVMiYkQ0swymFfzkae1wZak4Xi24t7vf7d/eiMb/7ryjjVm+tg==",
    ...MAC,
  },
  {
    name: "mac-x64",
    from: "@deno/darwin-x64",
    integrity:
      "sha512-tPi3CWPRdjW1MaWlvWjORE7Ass5SADdWdj1BF1Q1PEdzi+5u/mC5YhmZzniMiPr81PpaFeqjXaLAsfb8lFsZ0Q==",
    ...MAC,
  },
];

/**
 * The platforms that are asked for: one by its name, or all.
 *
 * @throws {RangeError} If there is none of that name; says which there are.
 */
export function platformsOf(name: string | undefined): readonly Platform[] {
  if (name === undefined) return PLATFORMS;
  const found = PLATFORMS.filter((each) => each.name === name);
  if (found.length > 0) return found;
  const names = PLATFORMS.map((each) => each.name).join(", ");
  throw new RangeError(
    `Cannot package "${name}": there is no such platform; there are ${names}`,
  );
}
