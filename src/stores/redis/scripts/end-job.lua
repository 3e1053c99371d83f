-- Ends a job and writes down what its turn leaves behind. KEYS: queue, and with an outcome: conversation, queues of the
-- next jobs. Returns 'done', 'more' where its lane has another one, 'lost' where somebody else has taken the job, or
-- 'conflict' where a value was changed.
local queue = queue_at(1)
local outcome = request.outcome
if not holds(queue, request.job) then
  return 'lost'
end
local conversation = outcome and conversation_at(5)
if outcome then
  for _, change in ipairs(outcome.states) do
    if is_conflict(conversation, change) then
      return 'conflict'
    end
  end
end

end_job(queue, request.job.lane, request.job.id, request.job.once)
local has_more = first_of(queue, request.job.lane)
if has_more then
  table.insert(request.news, request.next)
end

if outcome then
  if outcome.forget then
    redis.call('DEL', conversation.feed, conversation.clients)
  end
  for _, change in ipairs(outcome.states) do
    change_state(conversation, change)
  end
  -- A conversation that was never opened has no feed.
  if redis.call('EXISTS', conversation.last) == 1 then
    for _, activity in ipairs(outcome.said) do
      say(conversation, activity)
    end
  end
  for _, job in ipairs(outcome.jobs) do
    add_job(queue_at(job.keys), job)
  end
  touch(conversation, outcome.conversation)
  if outcome.forget then
    let_go(conversation, outcome.conversation)
  end
end
tell()
return has_more and 'more' or 'done'
