/**
 * The answers of TikTok's web hosts: the LIVE page, the room lookup and the
 * room's information, for every state a channel can be in. The shapes are what
 * the connector reads and what TikTok is known to answer (`statusCode`
 * 19881007 for an unknown name, `status_code` 4003110 for a room behind a
 * login, `status` 2 live and 4 over).
 *
 * @module
 */
import type { Room } from "./tiktok_room.ts";

/** An answer: status and body, an object being sent as JSON. */
export interface Answer {
  status: number;
  body: string | Uint8Array | Record<string, unknown>;
  headers?: Record<string, string>;
}

const PUZZLE: Answer = {
  status: 200,
  body: "<!doctype html><title>Verify to continue</title>",
};

/** `GET /@{handle}/live`; the room is undefined for a name nobody has. */
export function livePage(handle: string, room: Room | undefined): Answer {
  if (room?.state === "captcha") return PUZZLE;
  const state = { LiveRoom: liveRoomOf(handle, room) };
  const json = JSON.stringify(state).replaceAll("<", "\\u003c");
  return {
    status: 200,
    body: "<!doctype html><html><head>" +
      `<script id="SIGI_STATE" type="application/json">${json}</script>` +
      "</head><body></body></html>",
  };
}

function liveRoomOf(handle: string, room: Room | undefined) {
  if (!room || room.state === "unknown") return undefined;
  if (room.state === "age_restricted") {
    return { isAgeGateRoom: true, needLogin: true, showLiveGate: true };
  }
  const live = room.state === "live";
  return {
    isAgeGateRoom: false,
    needLogin: false,
    liveRoomStatus: live ? 2 : 4,
    liveRoomUserInfo: {
      user: {
        id: `6${room.roomId.slice(1)}`,
        uniqueId: handle,
        nickname: handle,
        roomId: room.state === "offline" ? "" : room.roomId,
        status: live ? 2 : 4,
      },
      liveRoom: { status: live ? 2 : 4, title: `${handle} is on air` },
    },
  };
}

/** `GET /api-live/user/room/`. */
export function apiLive(room: Room | undefined): Answer {
  if (room?.state === "captcha") return PUZZLE;
  if (!room || room.state === "unknown") {
    return {
      status: 200,
      body: { statusCode: 19881007, message: "user_not_found", data: {} },
    };
  }
  if (room.state === "age_restricted") {
    return {
      status: 200,
      body: { statusCode: 4003110, message: "", data: {} },
    };
  }
  const live = room.state === "live";
  return {
    status: 200,
    body: {
      statusCode: 0,
      message: "",
      data: {
        user: {
          id: `6${room.roomId.slice(1)}`,
          uniqueId: room.handle,
          roomId: room.state === "offline" ? "" : room.roomId,
          status: live ? 2 : 4,
        },
        liveRoom: { status: live ? 2 : 4 },
      },
    },
  };
}

/** `GET /webcast/room/info/`. */
export function roomInfo(room: Room | undefined): Answer {
  if (!room || room.state === "unknown") {
    return {
      status: 200,
      body: { data: { message: "room not found" }, status_code: 30003 },
    };
  }
  if (room.state === "age_restricted") {
    const words = "This LIVE is for signed-in viewers";
    return {
      status: 200,
      body: { data: { message: words, prompts: words }, status_code: 4003110 },
    };
  }
  const status = room.state === "ended" || room.state === "offline" ? 4 : 2;
  return {
    status: 200,
    body: { data: { id_str: room.roomId, status }, status_code: 0 },
  };
}

/** `GET {sign}/webcast/anchors/{handle}/room_id`. */
export function signRoomId(room: Room | undefined): Answer {
  if (!room || room.state === "unknown") {
    return {
      status: 404,
      body: {
        code: 404,
        ok: false,
        message: "No such user",
        routes_attempted: [],
      },
    };
  }
  if (room.state === "age_restricted") {
    return {
      status: 500,
      body: {
        code: 500,
        ok: false,
        message: "Cannot see this room",
        routes_attempted: [],
      },
    };
  }
  return {
    status: 200,
    body: {
      code: 200,
      ok: true,
      is_live: room.state === "live" || room.state === "captcha",
      room_id: room.roomId,
      routes_attempted: [],
    },
  };
}
