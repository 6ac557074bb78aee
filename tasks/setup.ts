/**
 * Brings what tests and pictures need from the system: Chromium, a Redis, fonts
 * for every script that names are written in, a clock that can be set, and OBS
 * Studio. Debian and Ubuntu
 * get it installed; elsewhere it is said in one line what is missing.
 *
 * @module
 */
import { whyOf } from "@/core/why.ts";

/** Packages that tests cannot do without. */
const PACKAGES = [
  "chromium",
  "redis-server",
  "python3",
  "fonts-noto-core",
  "fonts-noto-cjk",
  "fonts-noto-color-emoji",
];

/**
 * Chromium without a window, at half the cost; OBS and a screen for it; a clock;
 * what packages are made with and looked at in a network of their own. Without
 * the first, tests take Chromium itself; without the others, theirs are skipped.
 */
const OPTIONAL = [
  ["chromium-headless-shell"],
  ["obs-studio", "obs-plugins", "xvfb"],
  ["libfaketime"],
  ["xz-utils", "unzip", "iproute2", "util-linux"],
];

/** Installs what is missing; resolves when all is there. */
export async function setUp(): Promise<void> {
  const missing = await missingOf(PACKAGES);
  const optional = await missingOf(OPTIONAL.flat());
  if (missing.length + optional.length === 0) return;
  if (Deno.env.get("CHROMIUM") !== undefined) return; // someone knows better
  if (!await works("apt-get", "--version")) {
    throw new Error(
      `Cannot set up: this is no Debian. Install redis-server and Chromium with fonts for Thai, CJK and emoji, and name it in $CHROMIUM`,
    );
  }
  await asRoot("apt-get", "update");
  if (missing.length > 0) await install(missing);
  if (optional.length > 0) await installWhatComes(optional);
}

/** Installs packages, or as many groups of them as there are here. */
async function installWhatComes(packages: string[]): Promise<void> {
  try {
    await install(packages);
  } catch {
    for (const group of OPTIONAL) {
      const missing = group.filter((name) => packages.includes(name));
      if (missing.length > 0) await installOrSay(missing);
    }
  }
}

async function installOrSay(packages: string[]): Promise<void> {
  try {
    await install(packages);
  } catch (error) {
    console.log(
      `${packages.join(", ")} could not be installed. ${whyOf(error)}`,
    );
  }
}

async function install(packages: string[]): Promise<void> {
  console.log(`Installing ${packages.join(", ")}`);
  await asRoot(
    "apt-get",
    "install",
    "-y",
    "--no-install-recommends",
    ...packages,
  );
}

async function missingOf(packages: string[]): Promise<string[]> {
  const there = await Promise.all(
    packages.map((name) => works("dpkg", "-s", name)),
  );
  return packages.filter((_, i) => !there[i]);
}

/** Whether a program is there and ends well. */
async function works(program: string, ...args: string[]): Promise<boolean> {
  try {
    const command = new Deno.Command(program, {
      args,
      stdout: "null",
      stderr: "null",
    });
    return (await command.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function asRoot(...words: string[]) {
  const isRoot = Deno.uid() === 0;
  const [program, ...args] = isRoot ? words : ["sudo", ...words];
  const command = new Deno.Command(program!, {
    args,
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdout: "null",
    stderr: "piped",
  });
  const { success, stderr } = await command.output();
  if (!success) {
    const why = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
    throw new Error(`Cannot run ${words.join(" ")}: ${why}`);
  }
}

if (import.meta.main) {
  try {
    await setUp();
  } catch (error) {
    console.error(whyOf(error));
    Deno.exit(1);
  }
}
