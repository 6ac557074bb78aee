/**
 * Who may come in, in English: signing in, devices, keys, pairing.
 *
 * @module
 */
import type { Role } from "@/core/views.ts";

const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** See the module. */
export const accessEn = {
  title: "Who may come in",
  /** Of the button that opens it. */
  open: "Devices and keys",

  signIn: "Sign in",
  signInLead:
    "This panel belongs to a host. Sign in with an account on the host's list, or open the link that the host shows you.",
  signInByLink:
    "Open the link that the program printed when it started, or ask the host for a pairing link.",
  wrongLink: "This link is wrong or was replaced. Ask the host for a new one.",
  with: (provider: string) => `Sign in with ${provider}`,
  problems: {
    notListed: (account: string) =>
      `${account} is not on the list of this place. Ask the host to add it.`,
    refused: "The sign-in was not finished. Try again.",
    expired: "That took too long, or was begun in another window. Try again.",
    away: "The sign-in service does not answer. Try again in a moment.",
  },
  signOut: "Sign this device out",

  roles: {
    host: "Host",
    moderator: "Moderator",
    display: "Overlay, shows only",
    button: "Button",
  } satisfies Record<Role, string>,

  pairTitle: "Sign this device in",
  pairAsks: (role: string) =>
    `The host lets this device in as: ${role}. It stays signed in until somebody signs it out.`,
  pairDo: "Sign in",
  pairingGone:
    "This link was used already, or its ten minutes are over. Make a new one in the panel.",

  pairHead: "Let a device in",
  pairLead:
    "Point the tablet's camera at the code. It works once, for ten minutes. Whoever scans it first is let in, so keep it off your stream.",
  pairAs: "As",
  pairAt: "Address",
  pairMake: "Show the code",
  pairAgain: "Another code",
  pairQr: "QR code of the pairing link",
  pairUntil: (at: number) => `Works until ${moment.format(at)}`,
  pairLink: "Pairing link",
  pairNowhere:
    "Only this computer reaches the panel. To let a tablet in, start the program with HOST=0.0.0.0",

  devices: "Signed-in devices",
  noDevices: "No device is signed in.",
  thisDevice: "this device",
  usedAt: (at: number) => `last used ${moment.format(at)}`,
  neverUsed: "never used",
  madeAt: (at: number) => `since ${moment.format(at)}`,
  signOutOne: "Sign out",
  signOutSure: "Really sign out?",
  signOutAll: "Sign out all others",
  signOutAllSure: "Really sign out all?",
  signedOut: "Signed out",

  keys: "Keys",
  keysLead:
    "For OBS on another computer and for buttons. Whoever has a key has its right.",
  keyLabel: "What it is for",
  keyRole: "Right",
  keyMake: "Make a key",
  keyReplace: "Replace",
  keyReplaceSure: "The old one stops. Sure?",
  keyRevoke: "Revoke",
  keyRevokeSure: "Really revoke?",
  keyRevoked: "The key opens nothing any more. Overlays with it go dark",
  keyMade: (label: string) =>
    `The key “${label}”. It is shown this once: copy it now.`,
  keyOnce: "Key",
  keyOverlay: "Overlay link with this key",
  keepComments: "Keep comments after a game",
  keepAvatars: "Keep pictures after a game",
  days: "days",
  keepHelp: "0 keeps them for ever. Points and places always stay.",
  show: "Show",
  hide: "Hide",

  /** Of deleting a viewer, on the viewer's card. */
  forget: {
    open: "Delete this viewer's data",
    goes:
      "Goes, in every game: name, @name, picture, TikTok id and every comment.",
    stays:
      "Stays: points, gifts, places and times, under a made-up name, so that the board and everybody else's rank are as they were. Exports and recordings made earlier are out of our reach.",
    later:
      "The game that runs now goes on as it is. Its part is deleted when a new game is started. This cannot be undone.",
    do: "Delete",
    sure: "Delete for good?",
    done: "Deleted in every game",
    pending:
      "Deleted in past games; this game follows when a new one is started",
  },
};

export type AccessTexts = typeof accessEn;
