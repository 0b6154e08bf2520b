filedesc://a.arc 0.0.0.0 20260314080000 text/plain 65
1 0 Weir
URL IP-address Archive-date Content-type Archive-length

https://weir.example/a 192.0.2.1 20260314080000 text/html 102
HTTP/1.1 200 OK
Content-Type: text/html

<!doctype html><title>Lock</title><p>The lock is open.</p>
