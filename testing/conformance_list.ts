/**
 * What a running program is asked, and what it answers: status, type, how long
 * it may be kept, which policy, whether the guards of every answer are there,
 * and the shape of the body.
 *
 * @module
 */

/** A request and its answer. */
export interface Row {
  /** Method and target; `STREAM` is a `GET` that is listened to. */
  asks: string;
  /** Headers, and `body`; `ORIGIN`, `ETAG`, `LONG` and `LONG_KEY` are filled in. */
  with?: Record<string, string>;
  gives: string;
}

/** All of them. */
export const LIST: Row[] = [
  {
    "asks": "GET /",
    "gives": "200 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /admin",
    "gives": "200 text/html fresh page guarded html(title,islands)",
  },
  {
    "asks": "GET /overlay",
    "gives": "200 text/html fresh overlay guarded html(title,islands)",
  },
  {
    "asks": "GET /sessions",
    "gives": "200 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /sessions/SESSION",
    "gives": "200 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /buttons",
    "gives": "200 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /signin",
    "gives": "200 text/html fresh page guarded html(title)",
  },
  {
    "asks": "GET /signin?key=wrongwrongwrongwrongwrong",
    "gives": "401 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /pair",
    "gives": "401 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /pair?code=123456",
    "gives": "401 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /nothing",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /sessions/nope",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /signout",
    "gives":
      "405 text/html fresh page guarded allow=POST html(title,h1,islands)",
  },
  {
    "asks": "GET /oauth/github/signin",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /oauth/nobody/callback",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /pair/",
    "gives": "401 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /admin/",
    "gives": "200 text/html fresh page guarded html(title,islands)",
  },
  {
    "asks": "GET /sessions/",
    "gives": "200 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /overlay/",
    "gives": "200 text/html fresh overlay guarded html(title,islands)",
  },
  {
    "asks": "GET //admin",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET //sessions//SESSION",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /overlay?theme=neon&rows=3",
    "gives": "200 text/html fresh overlay guarded html(title,islands)",
  },
  {
    "asks": "GET /overlay?theme=../../x",
    "gives": "200 text/html fresh overlay guarded html(title,islands)",
  },
  {
    "asks": "GET /overlay?preview",
    "gives": "200 text/html fresh overlay guarded html(title,islands)",
  },
  {
    "asks": "GET /admin?a=%zz",
    "gives": "200 text/html fresh page guarded html(title,islands)",
  },
  {
    "asks": "GET /sessions?q=%3Cb%3E",
    "gives": "200 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /%E0%A4%A",
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /sessions/%E0%A4%A",
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /sessions/%2F",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /sessions/a%20b",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /%E0%B9%84%E0%B8%97%E0%B8%A2",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  { "asks": "HEAD /", "gives": "200 text/html fresh page guarded empty" },
  { "asks": "HEAD /admin", "gives": "200 text/html fresh page guarded empty" },
  {
    "asks": "HEAD /overlay",
    "gives": "200 text/html fresh overlay guarded empty",
  },
  {
    "asks": "HEAD /sessions/SESSION",
    "gives": "200 text/html fresh page guarded empty",
  },
  {
    "asks": "HEAD /nothing",
    "gives": "404 text/html fresh page guarded empty",
  },
  {
    "asks": "HEAD /api/state",
    "gives": "200 application/json fresh api guarded empty",
  },
  {
    "asks": "HEAD /api/nothing",
    "gives": "404 application/problem+json fresh api guarded empty",
  },
  {
    "asks": "HEAD /panel.css",
    "gives": "200 text/css fresh inline guarded empty",
  },
  {
    "asks": "HEAD /api/frames",
    "gives": "200 text/event-stream fresh api guarded empty",
  },
  {
    "asks": "HEAD /api/sessions/SESSION/export.csv",
    "gives": "200 text/csv fresh api guarded empty",
  },
  {
    "asks": "HEAD /api/sessions/SESSION/export.jsonl",
    "gives": "200 application/jsonl fresh api guarded empty",
  },
  {
    "asks": "HEAD /source.tar.gz",
    "gives": "200 application/gzip fresh inline guarded empty",
  },
  {
    "asks": "HEAD /healthz",
    "gives": "200 application/json fresh inline guarded empty",
  },
  {
    "asks": "OPTIONS /",
    "gives":
      "405 text/html fresh page guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "OPTIONS /admin",
    "gives":
      "405 text/html fresh page guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "OPTIONS /api/state",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD {detail,status,title,type}",
  },
  {
    "asks": "OPTIONS /api/commands",
    "gives":
      "405 application/problem+json fresh api guarded allow=POST {detail,status,title,type}",
  },
  {
    "asks": "OPTIONS /api/frames",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD {detail,status,title,type}",
  },
  {
    "asks": "OPTIONS /panel.css",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "OPTIONS /nothing",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "OPTIONS /overlay",
    "gives":
      "405 text/html fresh overlay guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "POST /",
    "with": { "body": "{}", "content-type": "application/json" },
    "gives":
      "405 text/html fresh page guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "POST /admin",
    "with": { "body": "{}", "content-type": "application/json" },
    "gives":
      "405 text/html fresh page guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "POST /api/state",
    "with": { "body": "{}", "content-type": "application/json" },
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD {detail,status,title,type}",
  },
  {
    "asks": "POST /panel.css",
    "with": { "body": "{}", "content-type": "application/json" },
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "POST /overlay",
    "with": { "body": "{}", "content-type": "application/json" },
    "gives":
      "405 text/html fresh overlay guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "POST /nothing",
    "with": { "body": "{}", "content-type": "application/json" },
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "POST /signout",
    "with": { "body": "{}", "content-type": "application/json" },
    "gives": "303 - fresh inline guarded location=/signin empty",
  },
  {
    "asks": "DELETE /",
    "gives":
      "405 text/html fresh page guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "DELETE /admin",
    "gives":
      "405 text/html fresh page guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "DELETE /api/state",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD {detail,status,title,type}",
  },
  {
    "asks": "DELETE /panel.css",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "DELETE /api/keys/nope",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "PUT /admin",
    "with": { "body": "{}" },
    "gives":
      "405 text/html fresh page guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "PUT /api/state",
    "with": { "body": "{}" },
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD {detail,status,title,type}",
  },
  {
    "asks": "PUT /api/settings",
    "with": { "body": "{}" },
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, PATCH, HEAD {detail,status,title,type}",
  },
  {
    "asks": "PATCH /admin",
    "with": { "body": "{", "content-type": "application/json" },
    "gives":
      "405 text/html fresh page guarded allow=GET, HEAD html(title,h1,islands)",
  },
  {
    "asks": "PATCH /api/settings",
    "with": { "body": "{", "content-type": "application/json" },
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "PATCH /api/obs",
    "with": { "body": "{", "content-type": "application/json" },
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "PROPFIND /admin",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD, POST, PUT, PATCH, DELETE {detail,status,title,type}",
  },
  {
    "asks": "PROPFIND /api/state",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD, POST, PUT, PATCH, DELETE {detail,status,title,type}",
  },
  {
    "asks": "BREW /admin",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD, POST, PUT, PATCH, DELETE {detail,status,title,type}",
  },
  {
    "asks": "BREW /api/state",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD, POST, PUT, PATCH, DELETE {detail,status,title,type}",
  },
  {
    "asks": "LINK /admin",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD, POST, PUT, PATCH, DELETE {detail,status,title,type}",
  },
  {
    "asks": "LINK /api/state",
    "gives":
      "405 application/problem+json fresh api guarded allow=GET, HEAD, POST, PUT, PATCH, DELETE {detail,status,title,type}",
  },
  {
    "asks": "GET /api/state",
    "gives":
      "200 application/json fresh api guarded {connection,frame,health,late,obs,own,queue,redo,rehearsal,role,rounds,session,setUp,settings,undo}",
  },
  {
    "asks": "GET /api/board",
    "gives": "200 application/json fresh api guarded {rows,total}",
  },
  {
    "asks": "GET /api/board?rows=3",
    "gives": "200 application/json fresh api guarded {rows,total}",
  },
  {
    "asks": "GET /api/board?rows=no",
    "gives": "200 application/json fresh api guarded {rows,total}",
  },
  {
    "asks": "GET /api/settings",
    "gives":
      "200 application/json fresh api guarded {blockedWords,checkUpdates,freezeSeconds,keepAvatarsDays,keepCommentsDays,overlay,presets,rates,streamDelay,winnersSitOut}",
  },
  {
    "asks": "GET /api/sessions",
    "gives": "200 application/json fresh api guarded {cursor,items}",
  },
  {
    "asks": "GET /api/sessions?limit=1",
    "gives": "200 application/json fresh api guarded {cursor,items}",
  },
  {
    "asks": "GET /api/sessions?limit=no",
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "GET /api/sessions/removed",
    "gives": "200 application/json fresh api guarded {cursor,items}",
  },
  {
    "asks": "GET /api/sessions/SESSION",
    "gives":
      "200 application/json fresh api guarded {channel,deletedAt,endedAt,id,phase,rates,rehearsal,seq,startedAt,title,totals}",
  },
  {
    "asks": "GET /api/sessions/SESSION/board",
    "gives": "200 application/json fresh api guarded {rows,total}",
  },
  {
    "asks": "GET /api/sessions/SESSION/timeline",
    "gives":
      "200 application/json fresh api guarded {buckets,from,gaps,marks,stepMs,to}",
  },
  {
    "asks": "GET /api/sessions/SESSION/comments",
    "gives": "200 application/json fresh api guarded {cursor,items}",
  },
  {
    "asks": "GET /api/sessions/SESSION/winners",
    "gives": "200 application/json fresh api guarded {items}",
  },
  {
    "asks": "GET /api/sessions/SESSION/viewers/nope",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/sessions/SESSION/viewers/nope/receipts",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/sessions/SESSION/export.csv",
    "gives": "200 text/csv fresh api guarded body",
  },
  {
    "asks": "GET /api/sessions/SESSION/export.jsonl",
    "gives": "200 application/jsonl fresh api guarded body",
  },
  {
    "asks": "GET /api/sessions/current",
    "gives":
      "200 application/json fresh api guarded {channel,deletedAt,endedAt,id,phase,rates,rehearsal,seq,startedAt,title,totals}",
  },
  {
    "asks": "GET /api/sessions/nope",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/sessions/nope/board",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/comments",
    "gives": "200 application/json fresh api guarded {cursor,items}",
  },
  {
    "asks": "GET /api/comments?limit=3",
    "gives": "200 application/json fresh api guarded {cursor,items}",
  },
  {
    "asks": "GET /api/questions",
    "gives": "200 application/json fresh api guarded {items}",
  },
  {
    "asks": "GET /api/gifts",
    "gives": "200 application/json fresh api guarded {items}",
  },
  {
    "asks": "GET /api/keys",
    "gives": "200 application/json fresh api guarded {keys,self,signIns}",
  },
  {
    "asks": "GET /api/signins",
    "gives":
      "405 application/problem+json fresh api guarded allow=DELETE {detail,status,title,type}",
  },
  {
    "asks": "GET /api/pairings",
    "gives": "200 application/json fresh api guarded {origins}",
  },
  {
    "asks": "GET /api/obs",
    "gives":
      "200 application/json fresh api guarded {address,allowed,fixed,passwordSet,rules}",
  },
  {
    "asks": "GET /api/openapi.json",
    "gives":
      "200 application/json fresh api guarded {components,externalDocs,info,openapi,paths,security,servers}",
  },
  {
    "asks": "GET /api/buttons/state",
    "gives":
      "200 application/json fresh api guarded {obs,phase,scene,secondsLeft,text,viewers,winner}",
  },
  {
    "asks": "GET /api/buttons/nope",
    "gives":
      "405 application/problem+json fresh api guarded allow=POST {detail,status,title,type}",
  },
  {
    "asks": "GET /api/nothing",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/avatars/x",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/viewers/x",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/viewers/x/receipts",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/viewers/%E0%A4%A",
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/viewers/a%2Fb",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/keys/",
    "gives": "200 application/json fresh api guarded {keys,self,signIns}",
  },
  {
    "asks": "GET /api/state/",
    "gives":
      "200 application/json fresh api guarded {connection,frame,health,late,obs,own,queue,redo,rehearsal,role,rounds,session,setUp,settings,undo}",
  },
  {
    "asks": "GET /api/sessions/",
    "gives": "200 application/json fresh api guarded {cursor,items}",
  },
  {
    "asks": "GET /api/commands",
    "gives":
      "405 application/problem+json fresh api guarded allow=POST {detail,status,title,type}",
  },
  {
    "asks": "GET /api",
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /healthz",
    "gives": "200 application/json fresh inline guarded {ok,version}",
  },
  {
    "asks": "GET /readyz",
    "gives": "200 application/json fresh inline guarded {ok}",
  },
  {
    "asks": "GET /metrics",
    "gives": "200 text/plain fresh inline guarded body",
  },
  {
    "asks": "GET /healthz/",
    "gives": "200 application/json fresh inline guarded {ok,version}",
  },
  {
    "asks": "GET /source.tar.gz",
    "gives": "200 application/gzip fresh inline guarded body",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": "{}",
      "content-type": "application/json",
      "origin": "ORIGIN",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": "{",
      "content-type": "application/json",
      "origin": "ORIGIN",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": '{"type":"nothing"}',
      "content-type": "application/json",
      "origin": "ORIGIN",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": "{}",
      "content-type": "application/json",
      "origin": "http://evil.example",
    },
    "gives":
      "401 application/problem+json fresh api guarded www-authenticate=Bearer {detail,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": "{",
      "content-type": "application/json",
      "origin": "http://evil.example",
    },
    "gives":
      "401 application/problem+json fresh api guarded www-authenticate=Bearer {detail,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": '{"type":"nothing"}',
      "content-type": "application/json",
      "origin": "http://evil.example",
    },
    "gives":
      "401 application/problem+json fresh api guarded www-authenticate=Bearer {detail,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": { "body": "{}", "content-type": "application/json" },
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": { "body": "{", "content-type": "application/json" },
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": '{"type":"nothing"}',
      "content-type": "application/json",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": '{"type":"adjustPoints","viewerId":"nope","points":1}',
      "origin": "ORIGIN",
      "content-type": "application/json",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": '{"type":"open"}',
      "origin": "ORIGIN",
      "content-type": "text/plain",
    },
    "gives":
      "415 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": '{"type":"setTitle"}',
      "content-type": "application/json",
      "idempotency-key": "LONG_KEY",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "POST /api/commands",
    "with": {
      "body": "LONG",
      "origin": "ORIGIN",
      "content-type": "application/json",
    },
    "gives":
      "413 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "POST /api/buttons/nope",
    "with": { "origin": "ORIGIN" },
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "POST /api/buttons/scene/No%2Fscene%3F",
    "with": { "origin": "ORIGIN" },
    "gives":
      "409 application/problem+json fresh api guarded {code,detail,ok,reason,status,title,type}",
  },
  {
    "asks": "POST /api/sessions/import",
    "with": {
      "body": "nonsense",
      "origin": "ORIGIN",
      "content-type": "application/jsonl",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "POST /api/keys",
    "with": {
      "body": '{"role":"king","label":""}',
      "origin": "ORIGIN",
      "content-type": "application/json",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "POST /api/pairings",
    "with": {
      "body": "{}",
      "origin": "ORIGIN",
      "content-type": "application/json",
    },
    "gives":
      "400 application/problem+json fresh api guarded {detail,issues,status,title,type}",
  },
  {
    "asks": "PATCH /api/sessions/nope",
    "with": {
      "body": '{"title":"x"}',
      "origin": "ORIGIN",
      "content-type": "application/json",
    },
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "POST /api/sessions/nope/restore",
    "with": { "origin": "ORIGIN" },
    "gives":
      "404 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /api/state",
    "with": { "authorization": "Bearer wrong-wrong-wrong-wrong-wrong" },
    "gives":
      "401 application/problem+json fresh api guarded www-authenticate=Bearer {detail,status,title,type}",
  },
  {
    "asks": "GET /admin",
    "with": { "authorization": "Bearer wrong-wrong-wrong-wrong-wrong" },
    "gives":
      "401 text/html fresh page guarded www-authenticate=Bearer html(title,h1,islands)",
  },
  {
    "asks": "GET /overlay",
    "with": { "authorization": "Bearer wrong-wrong-wrong-wrong-wrong" },
    "gives":
      "401 text/html fresh overlay guarded www-authenticate=Bearer html(title,h1,islands)",
  },
  {
    "asks": "GET /api/frames",
    "with": { "authorization": "Bearer wrong-wrong-wrong-wrong-wrong" },
    "gives":
      "401 application/problem+json fresh api guarded www-authenticate=Bearer {detail,status,title,type}",
  },
  {
    "asks": "GET /sessions",
    "with": { "authorization": "Bearer wrong-wrong-wrong-wrong-wrong" },
    "gives":
      "401 text/html fresh page guarded www-authenticate=Bearer html(title,h1,islands)",
  },
  {
    "asks": "GET /healthz",
    "with": { "authorization": "Bearer wrong-wrong-wrong-wrong-wrong" },
    "gives": "200 application/json fresh inline guarded {ok,version}",
  },
  {
    "asks": "GET /admin",
    "with": { "host": "evil.example" },
    "gives":
      "401 text/html fresh page guarded www-authenticate=Bearer html(title,h1,islands)",
  },
  {
    "asks": "GET /",
    "with": { "host": "evil.example" },
    "gives":
      "401 text/html fresh page guarded www-authenticate=Bearer html(title,h1,islands)",
  },
  {
    "asks": "GET /overlay",
    "with": { "host": "evil.example" },
    "gives":
      "401 text/html fresh overlay guarded www-authenticate=Bearer html(title,h1,islands)",
  },
  {
    "asks": "GET /api/state",
    "with": { "host": "evil.example" },
    "gives":
      "401 application/problem+json fresh api guarded www-authenticate=Bearer {detail,status,title,type}",
  },
  {
    "asks": "GET /signin",
    "with": { "host": "evil.example" },
    "gives": "200 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /panel.css",
    "with": { "host": "evil.example" },
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /nothing",
    "with": { "host": "evil.example" },
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /readyz",
    "with": { "host": "evil.example" },
    "gives": "200 application/json fresh inline guarded {ok}",
  },
  {
    "asks": "GET /admin",
    "with": { "host": "[::1" },
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /admin?key=secret",
    "with": { "host": "exa mple" },
    "gives":
      "400 application/problem+json fresh api guarded {detail,status,title,type}",
  },
  {
    "asks": "GET http://evil.example/admin",
    "gives":
      "400 application/problem+json fresh inline guarded {detail,status,title,type}",
  },
  {
    "asks": "GET /admin",
    "with": { "accept-language": "th" },
    "gives": "200 text/html fresh page guarded html(title,islands)",
  },
  {
    "asks": "GET /nothing",
    "with": { "accept-language": "th" },
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /sessions",
    "with": { "accept-language": "th" },
    "gives": "200 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /admin",
    "with": { "cookie": "lang=th" },
    "gives": "200 text/html fresh page guarded html(title,islands)",
  },
  {
    "asks": "GET /admin",
    "with": { "cookie": "nonsense" },
    "gives": "200 text/html fresh page guarded html(title,islands)",
  },
  {
    "asks": "GET /panel.css",
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /pages.css",
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /fonts.css",
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /overlay.css",
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /icon.svg",
    "gives": "200 image/svg+xml fresh inline guarded body",
  },
  {
    "asks": "GET /stream_worker.js",
    "gives": "200 text/javascript fresh inline guarded body",
  },
  {
    "asks": "GET /fonts/anuphan-latin-wght-normal.woff2",
    "gives": "200 font/woff2 fresh inline guarded body",
  },
  {
    "asks": "GET /themes/neon.css",
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /panel.css?__build=old",
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /panel.css?x=1",
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /favicon.ico",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /robots.txt",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /static/panel.css",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /../deno.json",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /..%2fdeno.json",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /_fresh/server.js",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /_fresh/build.json",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /.env",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /panel%2Ecss",
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /Panel.css",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /panel.css/",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /panel.css%00",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /fonts",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /fonts/",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /themes/../deno.json",
    "gives": "404 text/html fresh page guarded html(title,h1,islands)",
  },
  {
    "asks": "GET /icon.svg",
    "with": { "if-none-match": "ETAG" },
    "gives": "304 image/svg+xml fresh inline guarded empty",
  },
  {
    "asks": "GET /icon.svg",
    "with": { "if-none-match": '"other"' },
    "gives": "200 image/svg+xml fresh inline guarded body",
  },
  {
    "asks": "GET /panel.css",
    "with": { "range": "bytes=0-9" },
    "gives": "200 text/css fresh inline guarded body",
  },
  {
    "asks": "GET /panel.css",
    "with": { "accept-encoding": "gzip, br" },
    "gives": "200 text/css fresh inline guarded body",
  },
  { "asks": "STREAM /api/frames", "gives": "200 text/event-stream frame,look" },
  {
    "asks": "STREAM /api/frames?with=state",
    "gives": "200 text/event-stream frame,look,state",
  },
  {
    "asks": "STREAM /api/frames?rows=999",
    "gives": "200 text/event-stream frame,look",
  },
  {
    "asks": "STREAM /api/frames?rows=nonsense",
    "gives": "200 text/event-stream frame,look",
  },
  {
    "asks": "STREAM /api/frames?key=wrongwrongwrongwrongwrong",
    "gives": "401 application/problem+json",
  },
  {
    "asks": "STREAM /api/frames/",
    "gives": "200 text/event-stream frame,look",
  },
];
