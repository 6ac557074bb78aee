/**
 * What runs inside Redis: everything that must look first and then write
 * without anybody in between. A script is one transaction, in the server and
 * in its append-only file.
 *
 * Why scripts and not MULTI with WATCH: two processes may write, so the batch's
 * number and the owner's token have to be checked in the same breath. A watched
 * transaction needs a round trip of its own before each batch and a connection
 * to itself; a script that checks and then sets totals with few calls of many
 * values kept 61 to 95 % of the rate of a bare MULTI when both were measured.
 *
 * @module
 */

/** A script, and its SHA-1 once a server has it. */
export interface Script {
  readonly text: string;
}

/**
 * Gives scores to viewers whose points leave the fraction too few bits for a
 * seq (`isCrowded`): each goes just below whoever had the same points last.
 * Only where that one came later (after an undo), or the fractions below are
 * used up by others who have left, all equals are numbered anew. As many as the
 * fraction has values are kept apart: 8,192 at 10^12 points, 8 at 10^15.
 *
 * The list holds points, seq and id of each, by ascending seq. It comes before
 * what they hold is written: whoever has moved shows by what they held.
 */
const CROWDED = `
local function put_crowded(board, tallies, list)
  local coming = {}
  local function held(id)
    local tally = redis.call('HGET', tallies, id)
    return tonumber(tally and string.match(tally, '^%[%d+,(%d+)') or '0')
  end
  local function reached(id) return coming[id] or held(id) end
  local function set(id, score)
    redis.call('ZADD', board, string.format('%.17g', score), id)
  end
  local moved = {}
  for at = 1, #list, 3 do
    local points, seq, id = tonumber(list[at]), tonumber(list[at + 1]), list[at + 2]
    coming[id] = seq
    local score = redis.call('ZSCORE', board, id)
    if not score or math.floor(tonumber(score)) ~= points or held(id) ~= seq then
      redis.call('ZREM', board, id)
      moved[#moved + 1] = {id, seq, points}
    end
  end
  for _, each in ipairs(moved) do
    local id, seq, points = each[1], each[2], each[3]
    local _, exponent = math.frexp(points)
    local step = math.ldexp(1, exponent - 53)
    local from, to = string.format('%.0f', points), string.format('(%.0f', points + 1)
    local last = redis.call('ZRANGE', board, from, to, 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')
    local lowest = tonumber(last[2] or points + 1)
    local is_last = not last[1] or reached(last[1]) < seq
    if is_last and lowest - step >= points then
      set(id, lowest - step)
    elseif is_last and redis.call('ZCOUNT', board, from, to) >= 1 / step then
      set(id, points)
    else
      local equals = {{id, seq}}
      for _, other in ipairs(redis.call('ZRANGE', board, from, to, 'BYSCORE')) do
        equals[#equals + 1] = {other, reached(other)}
      end
      table.sort(equals, function(a, b) return a[2] < b[2] end)
      for place, equal in ipairs(equals) do
        set(equal[1], math.max(points, points + 1 - place * step))
      end
    end
  end
end`;

/**
 * One part of a batch. Keys: token, head, ledger, board, viewers, names,
 * tallies, session, sessions, then one for each viewer's comments, then one for
 * each answer. Arguments are read one after the other; lists are JSON arrays of
 * names and values.
 *
 * Gives `{"ok"}`, `{"fenced", token}` or `{"head", seq, writer, after, length}`
 * where the ledger does not end where it should; then nothing was written.
 */
export const APPEND: Script = {
  text: `${CROWDED}
local at = 0
local function take() at = at + 1; return ARGV[at] end
local token, from, last, ttl, mode = take(), take(), take(), take(), take()
local writer, after, length = take(), take(), take()
local current = redis.call('GET', KEYS[1])
if current and tonumber(current) > tonumber(token) then
  return {'fenced', current}
end
local head = redis.call('HMGET', KEYS[2], 'seq', 'writer', 'after', 'length', 'board')
if (head[1] or '0') ~= from then
  return {'head', head[1] or '0', head[2] or '', head[3] or '', head[4] or ''}
end
local function put(command, key, list)
  for first = 1, #list, 4000 do
    local last = math.min(first + 3999, #list)
    redis.call(command, key, unpack(list, first, last))
  end
end
if last ~= from then
  redis.call('HSET', KEYS[2], 'seq', last, 'writer', writer, 'after', after, 'length', length)
  redis.call('XADD', KEYS[3], last .. '-0', 'entries', take())
end
if mode == '2' then
  for i = 4, 7 do
    if redis.call('EXISTS', KEYS[i] .. ':anew') == 1 then
      redis.call('RENAME', KEYS[i] .. ':anew', KEYS[i])
    else
      redis.call('DEL', KEYS[i])
    end
  end
end
local lists = cjson.decode(take())
put('ZADD', KEYS[4], lists[1])
put('ZREM', KEYS[4], lists[2])
put('HSET', KEYS[5], lists[3])
put('HSET', KEYS[6], lists[4])
put_crowded(KEYS[4], KEYS[7], lists[6])
put('HSET', KEYS[7], lists[5])
if mode == '2' or (mode == '1' and (head[5] or '0') == after) then
  redis.call('HSET', KEYS[2], 'board', last)
end
local next = 10
for _, comments in ipairs(cjson.decode(take())) do
  put('HSET', KEYS[next], comments)
  redis.call('EXPIRE', KEYS[next], ttl)
  next = next + 1
end
local kept = take()
for i = 1, tonumber(take()) do
  redis.call('SET', KEYS[next], take(), 'EX', kept)
  next = next + 1
end
local info = take()
if info ~= '' then
  redis.call('SET', KEYS[8], info, 'EX', ttl)
  redis.call('ZADD', KEYS[9], take(), take())
end
if take() == '1' then
  for i = 2, 8 do redis.call('EXPIRE', KEYS[i], ttl) end
end
return {'ok'}
`,
};

/**
 * Part of a board that is written anew, aside until the last one is there.
 * Keys: token, board, viewers, names, tallies, then one for each viewer's
 * comments.
 */
export const PREPARE: Script = {
  text: `${CROWDED}
local at = 0
local function take() at = at + 1; return ARGV[at] end
local token, ttl, first = take(), take(), take()
local current = redis.call('GET', KEYS[1])
if current and tonumber(current) > tonumber(token) then
  return {'fenced', current}
end
if first == '1' then
  for i = 2, 5 do redis.call('UNLINK', KEYS[i] .. ':anew') end
end
local function put(command, key, list)
  for first = 1, #list, 4000 do
    local last = math.min(first + 3999, #list)
    redis.call(command, key, unpack(list, first, last))
  end
end
local lists = cjson.decode(take())
put('ZADD', KEYS[2] .. ':anew', lists[1])
put('HSET', KEYS[3] .. ':anew', lists[2])
put('HSET', KEYS[4] .. ':anew', lists[3])
put_crowded(KEYS[2] .. ':anew', KEYS[5] .. ':anew', lists[5])
put('HSET', KEYS[5] .. ':anew', lists[4])
for i = 2, 5 do redis.call('EXPIRE', KEYS[i] .. ':anew', ttl) end
for i, comments in ipairs(cjson.decode(take())) do
  redis.call('UNLINK', KEYS[i + 5])
  put('HSET', KEYS[i + 5], comments)
  redis.call('EXPIRE', KEYS[i + 5], ttl)
end
return {'ok'}
`,
};

/** Sets a value if nobody leads later. Keys: token, key. */
export const SET_FENCED: Script = {
  text: `
local current = redis.call('GET', KEYS[1])
if current and tonumber(current) > tonumber(ARGV[1]) then
  return {'fenced', current}
end
redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3])
return {'ok'}
`,
};

/**
 * Keeps parts of what a room has sent, if nobody leads later. Keys: token, the
 * hash. Arguments: token, seconds, fields and values, fields to delete.
 */
export const KEEP_ROOM: Script = {
  text: `
local current = redis.call('GET', KEYS[1])
if current and tonumber(current) > tonumber(ARGV[1]) then
  return {'fenced', current}
end
local set, gone = cjson.decode(ARGV[3]), cjson.decode(ARGV[4])
for at = 1, #set, 2 do redis.call('HSET', KEYS[2], set[at], set[at + 1]) end
for _, field in ipairs(gone) do redis.call('HDEL', KEYS[2], field) end
redis.call('EXPIRE', KEYS[2], ARGV[2])
return {'ok'}
`,
};

/**
 * The lease. Keys: owner, token. Arguments: name, ms, the token held (0 for
 * none), and 1 where a free lease may be taken.
 *
 * Gives the token held now (0 for none) and who leads. An owner whose lease
 * ran out while the store was away has it back, as long as nobody else had it.
 * Keeping it takes no memory, so that an owner keeps it in a full store, too.
 */
export const CLAIM: Script = {
  text: `
local name, ms, mine, may = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local owner = redis.call('GET', KEYS[1])
local token = tonumber(redis.call('GET', KEYS[2]) or '0')
if mine > 0 and mine >= token then
  if mine > token then redis.call('SET', KEYS[2], mine) end
  local held = mine .. ' ' .. name
  if owner == held then
    redis.call('PEXPIRE', KEYS[1], ms)
  else
    redis.call('SET', KEYS[1], held, 'PX', ms)
  end
  return {mine, name}
end
if owner then return {0, string.match(owner, '^%d+ (.*)$') or owner} end
if may ~= '1' then return {0, ''} end
token = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], token .. ' ' .. name, 'PX', ms)
return {token, name}
`,
};

/** Gives the lease back. Keys: owner. Argument: what it says while held. */
export const RELEASE: Script = {
  text: `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return {'ok'}
`,
};

/** Gives a session the next number. Keys: the set. Argument: the session. */
export const MARK_PURGED: Script = {
  text: `
local newest = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
local number = (tonumber(newest[2]) or 0) + 1
redis.call('ZADD', KEYS[1], number, ARGV[1])
return number
`,
};

/** Keeps keys for longer. Keys: any. Argument: seconds. */
export const KEEP: Script = {
  text: `
for i = 1, #KEYS do redis.call('EXPIRE', KEYS[i], ARGV[1]) end
return {'ok'}
`,
};

/** All of them, for loading. */
export const SCRIPTS: Script[] = [
  APPEND,
  PREPARE,
  SET_FENCED,
  KEEP_ROOM,
  CLAIM,
  RELEASE,
  MARK_PURGED,
  KEEP,
];
