/**
 * Brings what tests and pictures need from the system: Chromium, and fonts for
 * every script that names are written in. Debian and Ubuntu get it installed;
 * elsewhere it is said in one line what is missing.
 *
 * @module
 */

/** Program that shows a package is there, and the packages that bring it. */
const PACKAGES = [
  "chromium",
  "fonts-noto-core",
  "fonts-noto-cjk",
  "fonts-noto-color-emoji",
];

/** Installs what is missing; resolves when all is there. */
export async function setUp(): Promise<void> {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  if (Deno.env.get("CHROMIUM") !== undefined) return; // someone knows better
  if (!await works("apt-get", "--version")) {
    throw new Error(
      `Cannot set up: this is no Debian. Install Chromium with fonts for Thai, CJK and emoji, and name it in $CHROMIUM`,
    );
  }
  console.log(`Installing ${missing.join(", ")}`);
  await asRoot("apt-get", "update");
  await asRoot(
    "apt-get",
    "install",
    "-y",
    "--no-install-recommends",
    ...missing,
  );
}

async function missingPackages(): Promise<string[]> {
  const there = await Promise.all(
    PACKAGES.map((name) => works("dpkg", "-s", name)),
  );
  return PACKAGES.filter((_, i) => !there[i]);
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
    console.error(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}
