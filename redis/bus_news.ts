/**
 * The news that a member of the bus has heard: the newest of each topic, read
 * again whenever the way to Redis was broken.
 *
 * @module
 */
import { createListeners, type Listeners } from "@/core/listeners.ts";
import {
  NEWEST_KEY,
  type News,
  readNews,
  TOKEN_FIELD,
  type ToldNews,
  type Topic,
  TOPICS,
} from "./bus.ts";
import type { Link } from "./bus_link.ts";
import { ignoreAway } from "./thrown.ts";

/** What a member has heard. */
export interface HeardNews {
  /** The newest of a topic; null if nothing was ever told. */
  newest<T extends Topic>(topic: T): News[T] | null;
  /** Calls `listener` when a topic has news; returns how to stop. */
  watch(topic: Topic, listener: () => void): () => void;
  /** Takes what came over the bus. */
  hear(text: string): void;
  /** Reads what is kept of the news. */
  readKept(): Promise<void>;
}

/**
 * @param link Where news are kept, once it is there.
 * @param onOwner An owner is there, or has said good-bye; `wasKept` if that was
 * only kept, and may be long since.
 */
export function createNews(
  link: () => Pick<Link, "hash">,
  onOwner: (news: News["owner"], wasKept: boolean) => void,
): HeardNews {
  const newest = new Map<Topic, ToldNews & { value?: unknown }>();
  const watchers = new Map<Topic, Listeners<[]>>();
  /** Topics whose watchers are called soon. */
  const fresh = new Set<Topic>();

  /** Reads what is kept of the news. */
  async function readKept(isSure = false): Promise<void> {
    let kept: Record<string, string>;
    try {
      kept = await link().hash(NEWEST_KEY);
    } catch (error) {
      return ignoreAway(error); // read when the link stands again
    }
    const token = Number(kept[TOKEN_FIELD] ?? 0);
    const isOlder = [...newest.values()].some((known) => known.token > token);
    // Either news have overtaken the reading, or Redis has lost what it had and
    // counts from anew: a second look tells.
    if (isOlder && !isSure) return await readKept(true);
    for (const topic of TOPICS) {
      const text = kept[topic];
      if (text !== undefined) take(readNews(text), true);
    }
  }

  function hear(news: ToldNews): void {
    const known = newest.get(news.topic);
    if (known && news.token < known.token) return void readKept(true);
    take(news, false);
  }

  /** Takes news in, unless it has newer ones. */
  function take(news: ToldNews, wasKept: boolean): void {
    const { topic } = news;
    const known = newest.get(topic);
    const isOld = known && known.token === news.token &&
      known.count >= news.count;
    if (isOld) return;
    newest.set(topic, news);
    if (topic === "owner") onOwner(valueOf("owner"), wasKept);
    if (fresh.size === 0) queueMicrotask(tellFresh);
    fresh.add(topic);
  }

  function tellFresh() {
    const topics = [...fresh];
    fresh.clear();
    for (const topic of topics) {
      watchers.get(topic)?.tell();
    }
  }

  /** The newest of a topic, read from JSON only when somebody wants it. */
  function valueOf<T extends Topic>(topic: T): News[T] | null {
    const news = newest.get(topic);
    if (!news) return null;
    if (!("value" in news)) news.value = JSON.parse(news.json);
    return news.value as News[T] | null;
  }

  function listenersOf(topic: Topic): Listeners<[]> {
    const known = watchers.get(topic) ?? createListeners();
    watchers.set(topic, known);
    return known;
  }

  return {
    newest: valueOf,
    watch: (topic, listener) => listenersOf(topic).watch(listener),
    hear: (text) => hear(readNews(text)),
    readKept: () => readKept(),
  };
}
