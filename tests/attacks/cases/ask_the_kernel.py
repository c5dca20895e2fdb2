"""Reads what the kernel tells of itself and of the machine: its log, symbols, memory, keys, schedule, devices, settings.

catalogue: D66
outcome: failed
needs: namespaces
prints: tried
"""

import os

PLACES = """/proc/kallsyms /proc/kcore /proc/kmsg /proc/modules /proc/keys /proc/key-users /proc/sched_debug /proc/timer_list
/proc/iomem /proc/ioports /proc/slabinfo /proc/vmallocinfo /proc/pagetypeinfo /proc/config.gz /proc/cmdline /proc/version
/proc/cpuinfo /proc/meminfo /proc/loadavg /proc/uptime /proc/stat /proc/diskstats /proc/partitions /proc/interrupts
/proc/sys/kernel/random/boot_id /proc/sys/kernel/hostname /proc/sys/kernel/core_pattern /proc/sysrq-trigger /proc/acpi
/proc/bus /proc/fs /proc/irq /proc/driver /proc/scsi /proc/net/arp /proc/locks /proc/swaps /proc/devices /proc/crypto
/sys/kernel/debug /sys/kernel/security /sys/firmware /sys/fs/cgroup /sys/class/net /sys/devices /sys/module /sys/fs/bpf
/dev/mem /dev/kmem /dev/port /dev/kmsg /dev/kvm /dev/fuse /dev/vsock /dev/vhost-vsock /dev/net/tun /dev/tty /dev/ptmx /dev/pts
/dev/console /dev/log /dev/sda /dev/vda /dev/nvidia0 /dev/dri /dev/snapshot /dev/userfaultfd /dev/hwrng /dev/rtc""".split()
for place in PLACES:
    for flags in (os.O_RDONLY, os.O_WRONLY, os.O_PATH):
        try:
            os.close(os.open(place, flags))
            won(f"opened {place}")
        except OSError as error:
            last = error
for place in ("/proc/self/pagemap", "/proc/self/kpagecount", "/proc/kpageflags"):
    try:
        with open(place, "rb") as frames:
            frames.seek((id(frames) >> 12) * 8)
            if int.from_bytes(frames.read(8), "little") & ((1 << 55) - 1):
                won("knows where its memory lies in the machine's")
    except OSError as error:
        last = error
print("tried", sorted(os.listdir("/dev")), last)
