import { deepStrictEqual, match, rejects, strictEqual } from "node:assert";
import { backup, DatabaseSync } from "node:sqlite";
import {
  batchOf,
  entriesOf,
  fill,
  ordinary,
} from "@/testing/store_contract.ts";
import { lookAgain } from "./kv_file.ts";
import { claimVersion, DATA_VERSION } from "./data_version.ts";
import { dataVersionKey } from "./kv_keys.ts";
import { openKvStore } from "./kv_store.ts";

Deno.test("openKvStore() makes its folder and finds everything again", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/a/b`;
    const first = await openKvStore(path);
    await fill(first, "s", [1, 700]);
    await first.saveSnapshot("s", { seq: 5, bytes: new Uint8Array(100_000) });
    await first.putDocument("settings", { a: 1 });
    first.close();

    const second = await openKvStore(path);
    await second.append(batchOf("s", 701, ordinary(702, 703)));
    deepStrictEqual(await entriesOf(second, "s"), ordinary(1, 703));
    strictEqual((await second.snapshot("s"))?.bytes.length, 100_000);
    deepStrictEqual(await second.document("settings"), { a: 1 });
    second.close();
  });
});

Deno.test("a copy by SQLite has all that was written while the store is open", async () => {
  await withFolder(async (folder) => {
    const store = await openKvStore(`${folder}/data`);
    await fill(store, "s", [1, 700]);
    await Deno.mkdir(`${folder}/copy`);
    const source = new DatabaseSync(`${folder}/data/store.sqlite`, {
      readOnly: true,
    });
    await backup(source, `${folder}/copy/store.sqlite`);
    source.close();
    await store.append(batchOf("s", 701, ordinary(702, 703)));
    store.close();

    const copy = await openKvStore(`${folder}/copy`);
    deepStrictEqual(await entriesOf(copy, "s"), ordinary(1, 701));
    copy.close();
  });
});

Deno.test("openKvStore() refuses a folder that is in use", async () => {
  await withFolder(async (folder) => {
    const first = await openKvStore(folder);
    await rejects(openKvStore(folder), {
      message: `Cannot open the data folder ${folder}: ` +
        "another process is using it; end that one first",
    });
    first.close();
    (await openKvStore(folder)).close();
  });
});

Deno.test("openKvStore() says that a file is in the way", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/data`;
    await Deno.writeTextFile(file, "");
    for (const path of [file, `${file}/inside`]) {
      await rejects(openKvStore(path), {
        message: `Cannot open the data folder ${path}: a file is in its place`,
      });
    }
  });
});

Deno.test("openKvStore() says that the database is none", async () => {
  await withFolder(async (folder) => {
    const text = "not a database, but rather long. ".repeat(100);
    await Deno.writeTextFile(`${folder}/store.sqlite`, text);
    await rejects(openKvStore(folder), {
      message: `Cannot open the data folder ${folder}: ` +
        "its database file is not a database",
    });
  });
});

Deno.test("openKvStore() leaves what a newer program has written, and says so", async () => {
  await withFolder(async (folder) => {
    (await openKvStore(folder)).close();
    const kv = await Deno.openKv(`${folder}/store.sqlite`);
    await claimVersion(kv, DATA_VERSION + 1);
    const before = await kv.get(["checked"]);
    await rejects(openKvStore(folder), {
      message:
        `Cannot open the data folder ${folder}: a newer version of the ` +
        `program has written it (data ${
          DATA_VERSION + 1
        }, and this one knows ` +
        `${DATA_VERSION}): start that one, or the newest there is; nothing was ` +
        "changed",
    });
    deepStrictEqual(await kv.get(["checked"]), before);
    kv.close();
  });
});

Deno.test("openKvStore() goes on with what an older program has written", async () => {
  await withFolder(async (folder) => {
    (await openKvStore(folder)).close();
    for (const older of [0, null]) {
      const kv = await Deno.openKv(`${folder}/store.sqlite`);
      if (older === null) await kv.delete(dataVersionKey);
      else await kv.set(dataVersionKey, older);
      kv.close();
      (await openKvStore(folder)).close();
      const after = await Deno.openKv(`${folder}/store.sqlite`);
      strictEqual((await after.get(dataVersionKey)).value, DATA_VERSION);
      after.close();
    }
  });
});

Deno.test("openKvStore() says what is in the place of its files", async () => {
  for (const name of ["store.lock", "store.sqlite"]) {
    await withFolder(async (folder) => {
      await Deno.mkdir(`${folder}/${name}`);
      const message =
        /^Cannot open the data folder .*: a folder is in the place/;
      await rejects(openKvStore(folder), ({ message: said }: Error) => {
        match(said, message);
        return true;
      });
    });
  }
});

Deno.test("openKvStore() says that its database is damaged, before it is used", async () => {
  await withFolder(async (folder) => {
    const store = await openKvStore(folder);
    await fill(store, "s", [2_000]);
    await store.close();
    await damage(`${folder}/store.sqlite`, 8);
    await rejects(openKvStore(folder), {
      name: "AwayError",
      message: `Cannot open the data folder ${folder}: ` +
        "its database file is damaged",
    });
  });
});

Deno.test("openKvStore() says that its database was empty, and begins anew", async () => {
  await withFolder(async (folder) => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    (await openKvStore(folder, log)).close();
    (await openKvStore(folder, log)).close();
    deepStrictEqual(lines, []);
    await Deno.writeTextFile(`${folder}/store.sqlite`, "");
    (await openKvStore(folder, log)).close();
    match(lines.join(), /store\.sqlite was there and empty/);
  });
});

Deno.test("a store whose folder was removed says so and takes nothing until it is back", async () => {
  await withFolder(async (parent) => {
    const folder = `${parent}/data`;
    const store = await openKvStore(folder);
    await fill(store, "s", [3]);
    await store.inspect!();
    await Deno.rename(folder, `${parent}/away`);
    const gone = {
      name: "AwayError",
      message: `Cannot use the data folder ${folder}: its database file was ` +
        "removed or replaced; put it back, or start again",
    };
    await rejects(store.inspect!(), gone);
    await rejects(store.check(), gone);
    await rejects(store.append(batchOf("s", 3, ordinary(4, 5))), gone);
    await rejects(store.putDocument("settings", {}), gone);
    // Another store in its place is not the same.
    (await openKvStore(folder)).close();
    await rejects(store.inspect!(), gone);
    await Deno.remove(folder, { recursive: true });
    await Deno.rename(`${parent}/away`, folder);
    await store.inspect!();
    await store.append(batchOf("s", 3, ordinary(4, 5)));
    deepStrictEqual(await entriesOf(store, "s"), ordinary(1, 5));
    await store.close();
  });
});

Deno.test("a file is known by what is written into it where its number is another", async () => {
  await withFolder(async (folder) => {
    const store = await openKvStore(folder);
    const path = `${folder}/store.sqlite`;
    const touch = () => store.putDocument("settings", { at: Date.now() });
    await lookAgain({ path, inode: 1 }, touch);
    await Deno.mkdir(`${folder}/other`);
    (await openKvStore(`${folder}/other`)).close();
    const other = `${folder}/other/store.sqlite`;
    await rejects(lookAgain({ path: other, inode: 1 }, touch), /was removed/);
    await store.close();
  });
});

Deno.test("a store whose database is damaged under it says so, and nothing panics", async () => {
  for (const from of [0, 1]) {
    await withFolder(async (folder) => {
      const store = await openKvStore(folder);
      await fill(store, "s", [2_000]);
      await damage(`${folder}/store.sqlite`, from);
      await damage(`${folder}/store.sqlite-wal`, 0);
      const message = /its database file is (damaged|not a database)$/;
      const isSaid = (error: Error) => {
        match(error.message, message);
        return error.name === "AwayError";
      };
      await rejects(store.inspect!(), isSaid);
      await rejects(store.check(), isSaid);
      await rejects(store.document("settings"), isSaid);
      await rejects(entriesOf(store, "s"), isSaid);
      await store.close();
    });
  }
});

/** Overwrites a database's pages from one on. */
async function damage(path: string, from: number) {
  const page = 4_096;
  const { size } = await Deno.stat(path);
  using file = await Deno.open(path, { write: true });
  for (let at = from * page; at < size; at += page) {
    await file.seek(at, Deno.SeekMode.Start);
    await file.write(crypto.getRandomValues(new Uint8Array(page)));
  }
}

Deno.test({
  name: "openKvStore() says that the user has no right",
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  async fn() {
    await withFolder(async (folder) => {
      await Deno.chmod(folder, 0o500);
      await rejects(openKvStore(folder), {
        message: `Cannot open the data folder ${folder}: ` +
          "this user has no right to write to it",
      });
      await Deno.chmod(folder, 0o700);
    });
  },
});

Deno.test("openKvStore() says that Deno has no right", async () => {
  await withFolder(async (folder) => {
    const module = new URL("./kv_store.ts", import.meta.url).href;
    const code = `import { openKvStore } from ${JSON.stringify(module)};
      await openKvStore(${JSON.stringify(folder)})
        .catch((error) => console.log(error.message));`;
    const file = `${folder}/open.ts`;
    await Deno.writeTextFile(file, code);
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-config", "--unstable-kv", "-R", file],
    }).output();
    strictEqual(
      new TextDecoder().decode(stdout).trim(),
      `Cannot open the data folder ${folder}: ` +
        "Deno was started without the right to read and write it",
    );
  });
});

Deno.test({
  name: "openKvStore() closes its folder to everybody else, an old one too",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withFolder(async (folder) => {
      const path = `${folder}/data`;
      const first = await openKvStore(path);
      await first.putDocument("obs", { password: "secret" });
      deepStrictEqual(await openTo(path), []);
      first.close();
      // As it was made before.
      await Deno.mkdir(`${path}/avatars/s`, { recursive: true });
      await Deno.writeTextFile(`${path}/avatars/s/1`, "");
      for (const each of ["", "/avatars", "/avatars/s"]) {
        await Deno.chmod(path + each, 0o755);
      }
      for (const each of ["/store.sqlite", "/store.lock", "/avatars/s/1"]) {
        await Deno.chmod(path + each, 0o644);
      }
      const second = await openKvStore(path);
      await second.putDocument("obs", { password: "other" });
      deepStrictEqual(await openTo(path), []);
      second.close();
    });
  },
});

Deno.test({
  name: "openKvStore() says what it cannot close, and leaves it",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withFolder(async (folder) => {
      await Deno.chmod(folder, 0o1777); // a folder for everybody, as /tmp
      const said: string[] = [];
      (await openKvStore(folder, (line) => said.push(line))).close();
      deepStrictEqual(said, [
        `Others on this machine may read ${folder}: it cannot be closed`,
      ]);
      strictEqual((await Deno.stat(folder)).mode! & 0o7777, 0o1777);
    });
  },
});

/** What others may open in a folder, or the folder itself. */
async function openTo(folder: string): Promise<string[]> {
  const open: string[] = [];
  if ((await Deno.stat(folder)).mode! & 0o077) open.push(folder);
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) open.push(...await openTo(path));
    else if ((await Deno.stat(path)).mode! & 0o077) open.push(path);
  }
  return open;
}

async function withFolder(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
