-- Gives a job back, to be taken again later. KEYS: queue.
local queue = queue_at(1)
if not holds(queue, request.job) then
  return 0
end
redis.call('HSET', queue.jobs, 'due:' .. request.job.id, string.format('%.0f', now() + request.delayMs))
redis.call('HDEL', queue.jobs, 'lease:' .. request.job.lane)
settle(queue, request.job.lane)
return 1
