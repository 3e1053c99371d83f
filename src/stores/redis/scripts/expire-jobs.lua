-- Drops the ids, and the jobs, that are known for so long that nobody sends them again. KEYS: queue.
local queue = queue_at(1)
local before = string.format('(%.0f', now() - JOBS_KNOWN)
for _, id in ipairs(redis.call('ZRANGE', queue.ids, '-inf', before, 'BYSCORE', 'LIMIT', 0, 1000)) do
  local record = redis.call('HGET', queue.jobs, 'record:' .. id)
  if record then
    remove_job(queue, cjson.decode(record).lane, id)
  end
  redis.call('ZREM', queue.ids, id)
end
return 1
