/**
 * OBS Studio itself, as a process of its own on a screen that nobody sees: for
 * tests. Its settings and scenes are written into a folder that goes with it.
 *
 * @module
 */
import OBSWebSocket from "obs-websocket-js";
import { freePort } from "./free_port.ts";
import { until } from "./program.ts";

/** How long OBS may take to listen, in seconds; it draws in software. */
const START_S = 40;
/** Frames a second of its own video: as few as it takes. */
const FPS = 10;

/** OBS, running or not. */
export interface ObsStudio {
  address: string;
  password: string;
  /** Starts OBS and waits until it listens. */
  start(): Promise<void>;
  /** Sends a signal; `SIGKILL` also waits for the end. */
  signal(signal: Deno.Signal): Promise<void>;
  /** The scene that OBS itself says is on. */
  current(): Promise<string>;
  /** Scenes from the top, as its window shows them. */
  scenes: readonly string[];
  /** Ends everything and removes its folder. */
  close(): Promise<void>;
}

/** Why OBS cannot be tested here, or null. */
export async function whyNoObs(): Promise<string | null> {
  for (const program of ["obs", "Xvfb"]) {
    const found = await new Deno.Command("sh", {
      args: ["-c", `command -v ${program}`],
      stdout: "null",
    }).output();
    if (!found.success) {
      return `there is no ${program} here; \`deno task setup\` installs it on Debian`;
    }
  }
  return null;
}

/** Prepares an OBS with these scenes, from the top; the first one is on. */
export async function openObsStudio(
  scenes: readonly string[],
): Promise<ObsStudio> {
  const folder = await Deno.makeTempDir({ prefix: "obs-studio-" });
  const port = freePort();
  const password = crypto.randomUUID();
  await writeSettings(`${folder}/config/obs-studio`, {
    scenes,
    port,
    password,
  });
  const screen = await openScreen();
  let obs: Deno.ChildProcess | null = null;
  let eye: OBSWebSocket | null = null;
  const address = `ws://127.0.0.1:${port}`;

  async function look(): Promise<OBSWebSocket> {
    if (eye?.identified) return eye;
    eye = new OBSWebSocket();
    await eye.connect(address, password, { eventSubscriptions: 0 });
    return eye;
  }

  return {
    address,
    password,
    scenes,
    async start() {
      obs = new Deno.Command("obs", {
        args: [
          "--multi",
          "--minimize-to-tray",
          "--disable-updater",
          "--disable-missing-files-check",
          "--disable-shutdown-check",
        ],
        clearEnv: true,
        env: {
          PATH: Deno.env.get("PATH") ?? "",
          LANG: "C.UTF-8",
          HOME: folder,
          XDG_CONFIG_HOME: `${folder}/config`,
          XDG_RUNTIME_DIR: folder,
          DISPLAY: screen.name,
          LIBGL_ALWAYS_SOFTWARE: "1",
          LP_NUM_THREADS: "1",
          QT_QPA_PLATFORM: "xcb",
        },
        stdout: "null",
        stderr: "null",
      }).spawn();
      await until("OBS listens", () => canReach(port), START_S);
      await until("OBS answers", async () => await seen(look), START_S);
    },
    async signal(signal) {
      obs?.kill(signal);
      if (signal !== "SIGKILL") return;
      await obs?.status;
      obs = null;
    },
    async current() {
      const { currentProgramSceneName } = await (await look())
        .call("GetCurrentProgramScene");
      return currentProgramSceneName;
    },
    async close() {
      await eye?.disconnect();
      obs?.kill("SIGKILL");
      await obs?.status;
      await screen.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function writeSettings(
  folder: string,
  { scenes, port, password }: {
    scenes: readonly string[];
    port: number;
    password: string;
  },
) {
  const write = async (path: string, text: string) => {
    const file = `${folder}/${path}`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(file, text);
  };
  const ini = (sections: Record<string, Record<string, unknown>>) =>
    Object.entries(sections).map(([name, values]) =>
      [`[${name}]`, ...Object.entries(values).map(([k, v]) => `${k}=${v}`)]
        .join("\n")
    ).join("\n\n") + "\n";
  const general = { FirstRun: true, LastVersion: 2 ** 31 - 1 };
  const basic = {
    Profile: "Test",
    ProfileDir: "Test",
    SceneCollection: "Test",
    SceneCollectionFile: "Test",
  };
  // Up to OBS 30; later ones read the two files below.
  await write(
    "global.ini",
    ini({
      General: general,
      Basic: basic,
      OBSWebSocket: {
        FirstLoad: false,
        ServerEnabled: true,
        ServerPort: port,
        AlertsEnabled: false,
        AuthRequired: true,
        ServerPassword: password,
      },
    }),
  );
  await write("user.ini", ini({ General: general, Basic: basic }));
  await write(
    "plugin_config/obs-websocket/config.json",
    JSON.stringify({
      first_load: false,
      server_enabled: true,
      server_port: port,
      alerts_enabled: false,
      auth_required: true,
      server_password: password,
    }),
  );
  await write(
    "basic/profiles/Test/basic.ini",
    ini({
      General: { Name: "Test" },
      Video: {
        BaseCX: 320,
        BaseCY: 180,
        OutputCX: 320,
        OutputCY: 180,
        FPSType: 1,
        FPSInt: FPS,
      },
      Audio: { SampleRate: 44_100 },
    }),
  );
  await write(
    "basic/scenes/Test.json",
    JSON.stringify({
      name: "Test",
      current_scene: scenes[0],
      current_program_scene: scenes[0],
      current_transition: "Cut",
      transition_duration: 50,
      scene_order: scenes.map((name) => ({ name })),
      sources: scenes.map((name) => ({ id: "scene", name, settings: {} })),
      groups: [],
      transitions: [],
      quick_transitions: [],
      modules: {},
    }),
  );
}

/** A screen in memory; the server chooses a number that is free. */
async function openScreen() {
  const server = new Deno.Command("Xvfb", {
    args: ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("Cannot open a screen: Xvfb ended at once");
    text += value;
  }
  return {
    name: `:${text.trim()}`,
    async close() {
      server.kill("SIGTERM");
      await server.status;
      await reader.cancel();
    },
  };
}

async function canReach(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

async function seen(look: () => Promise<OBSWebSocket>): Promise<boolean> {
  try {
    await (await look()).call("GetSceneList");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false; // not ready
    throw error;
  }
}
