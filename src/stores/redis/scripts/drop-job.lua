-- Ends a job that is known to be done, whoever holds it. KEYS: queue. Returns 1 where its lane has another one.
local queue = queue_at(1)
local id, lane = request.job.id, request.job.lane
local record = redis.call('HGET', queue.jobs, 'record:' .. id)
if not record then
  return 0
end
end_job(queue, lane, id, cjson.decode(record).once)
if not first_of(queue, lane) then
  return 0
end
tell()
return 1
