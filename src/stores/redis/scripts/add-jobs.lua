-- Adds jobs of one lane. KEYS: their queues. Returns how many are new.
local added = 0
for _, job in ipairs(request.jobs) do
  added = added + add_job(queue_at(job.keys), job)
end
if added > 0 then
  tell()
end
return added
