#include "http/shed.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

bool shed_waited(int fd)
{
	struct tcp_info info = { 0 };
	socklen_t n = sizeof info;
	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 &&
	       info.tcpi_last_data_recv > SHED_MS;
}
