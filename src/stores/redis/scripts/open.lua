-- Opens a conversation, with its first job if there is one. KEYS: conversation, queue of the job. Returns 1 where it is new.
local conversation = conversation_at(1)
local is_new = redis.call('SET', conversation.last, 0, 'NX')
if is_new then
  redis.call('DEL', conversation.feed, conversation.clients)
  if request.job then
    add_job(queue_at(6), request.job)
  end
  tell()
end
touch(conversation, request.conversation)
return is_new and 1 or 0
