-- What all scripts share. It stands in front of each of them, with CONVERSATION_KEPT, GOODBYE_KEPT and JOBS_KNOWN in milliseconds.
-- A script gets one argument: its request, as JSON. It changes nothing before it has checked everything.

local request = cjson.decode(ARGV[1])

-- The time of this server alone counts: the clocks of the replicas may differ, and step.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000) + request.ahead
end

local function tell()
  for _, news in ipairs(request.news) do
    redis.call('PUBLISH', 'bot:news', news)
  end
end

-- The keys of a conversation, from a place in KEYS on.
local function conversation_at(place)
  return {
    last = KEYS[place],
    feed = KEYS[place + 1],
    clients = KEYS[place + 2],
    states = KEYS[place + 3],
    used = KEYS[place + 4],
  }
end

-- Keeps a conversation for its full time from now on; what has nothing in it any more is not known any more either.
local function touch(conversation, id)
  local kept = 0
  for _, name in ipairs({ 'last', 'feed', 'clients', 'states' }) do
    kept = kept + redis.call('PEXPIRE', conversation[name], CONVERSATION_KEPT)
  end
  if kept > 0 then
    redis.call('ZADD', conversation.used, now(), id)
    redis.call('PEXPIRE', conversation.used, CONVERSATION_KEPT)
  else
    redis.call('ZREM', conversation.used, id)
  end
end

-- It goes with the others that nobody has used for long.
local function let_go(conversation, id)
  if redis.call('EXISTS', conversation.last, conversation.states) == 0 then
    redis.call('ZREM', conversation.used, id)
  else
    redis.call('ZADD', conversation.used, now() - CONVERSATION_KEPT + GOODBYE_KEPT, id)
  end
end

-- Adds an activity to the feed. Its place there is its number, which goes on also when the feed was deleted.
local function say(conversation, activity)
  local number = redis.call('INCR', conversation.last)
  redis.call('XADD', conversation.feed, number .. '-0', 'activity', activity)
  return number
end

local function is_conflict(conversation, change)
  if change.version == '*' then
    return false
  end
  local version = redis.call('HGET', conversation.states, 'version:' .. change.key)
  return version and version ~= change.version
end

-- A change without a value deletes.
local function change_state(conversation, change)
  if change.value then
    redis.call('HSET', conversation.states, 'value:' .. change.key, change.value)
    redis.call('HINCRBY', conversation.states, 'version:' .. change.key, 1)
  else
    redis.call('HDEL', conversation.states, 'value:' .. change.key, 'version:' .. change.key)
  end
end
