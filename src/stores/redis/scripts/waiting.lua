-- How many jobs wait in a group of lanes, and how many milliseconds ago the oldest of them was added. KEYS: queue.
-- Of very many lanes the hundred are looked at whose job was to be taken first: the oldest is one of them.
local queue = queue_at(1)
local time = now()
local oldest = 0
for _, lane in ipairs(redis.call('ZRANGE', queue.lanes, 0, 99)) do
  local added = redis.call('ZSCORE', queue.ids, first_of(queue, lane))
  if added then
    oldest = math.max(oldest, time - added)
  end
end
return { redis.call('ZCARD', queue.order), oldest }
