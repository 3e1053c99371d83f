-- Ends a job that is known to be done, whoever holds it. KEYS: queue. Returns 1 where its lane has another one.
local queue = queue_at(1)
local id, lane = request.job.id, request.job.lane
local record = redis.call('HGET', queue.jobs, 'record:' .. id)
if not record then
  return 0
end
remove_job(queue, lane, id)
if not cjson.decode(record).once then
  redis.call('ZREM', queue.ids, id)
end
if not first_of(queue, lane) then
  return 0
end
tell()
return 1
