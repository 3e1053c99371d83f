-- Keeps a question; one with a known id changes nothing. All of them go with the last. KEYS: questions.
if redis.call('HSETNX', KEYS[1], request.id, request.question) == 1 then
  redis.call('PEXPIREAT', KEYS[1], math.max(request.goes, redis.call('PEXPIRETIME', KEYS[1])))
end
return 1
