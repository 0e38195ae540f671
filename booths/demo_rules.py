"""The rules of the demonstration's fair, in both languages."""

VERSION = "2018-1"

TEXT_VI = """\
1. Đăng ký. Mỗi đơn vị chỉ nộp một hồ sơ. Hồ sơ nộp trước được xem trước. Thông tin trong hồ sơ phải đúng sự thật; nếu sai, ban tổ chức có quyền không nhận.

2. Xếp gian. Ban tổ chức xếp gian theo sơ đồ chung, thời điểm nộp hồ sơ và nguyện vọng của đơn vị, và có quyền điều chỉnh sơ đồ hoặc vị trí khi cần. Nguyện vọng được cân nhắc, chưa phải là cam kết.

3. Thanh toán. Sau khi đơn vị xác nhận gian, ban tổ chức gửi thông báo nộp tiền. Nộp trước 50 % tiền thuê gian trong hạn ghi trên thông báo, 50 % còn lại chậm nhất ngày 10/10/2018. Ghi rõ mã thanh toán khi chuyển khoản.

4. Không hoàn tiền. Tiền thuê gian không được hoàn lại nếu đơn vị tự ý hủy tham gia.

5. Dựng gian. Đơn vị chỉ nhận giấy phép dựng và trang trí gian khi đã nộp đủ 100 %, căn cứ vào phiếu thu của ban tổ chức hoặc chứng từ chuyển khoản. Lối đi, cửa thoát hiểm, họng nước chữa cháy luôn phải thông thoáng.

6. Điện và nước. Gian tiêu chuẩn có một ổ cắm điện. Cần thêm điện hoặc nước thì ghi trong hồ sơ; không tự đấu nối.

7. Sử dụng gian. Không cho thuê lại, chuyển nhượng hoặc dùng gian vào việc khác. Nếu vi phạm, ban tổ chức thu hồi gian và không hoàn tiền.

8. Hàng trưng bày. Chỉ trưng bày hàng đúng hồ sơ, có nguồn gốc rõ ràng. Trong những ngày hội chợ, hàng trưng bày chỉ được mang ra khi ban tổ chức đồng ý bằng văn bản. Chi phí và rủi ro khi vận chuyển vào, ra và dọn hàng muộn do đơn vị chịu.

9. Quảng cáo và bán hàng. Phát tờ rơi, loa đài, bán lẻ ngoài gian của mình phải được ban tổ chức cho phép trước.

10. Rút khỏi hội chợ. Đơn vị rút phải báo bằng văn bản chậm nhất 50 ngày trước ngày khai mạc.

11. Nhóm hộ làng nghề. Một xã hoặc hội có thể đăng ký một cụm gian cho nhiều hộ. Đơn vị đại diện ký nhận, nộp tiền và chịu trách nhiệm cho cả cụm; mỗi hộ được giới thiệu riêng và có thẻ riêng.
"""  # noqa: E501

TEXT_EN = """\
1. Applying. Each exhibitor hands in one application. What is handed in first is looked at first. What it says must be true; otherwise the organiser may turn it down.

2. Places. The organiser places exhibitors by the layout of the whole fair, the time of application and the wishes, and may change the layout or a place when needed. A wish is weighed; it is not yet a promise.

3. Payment. Once booths are confirmed, the organiser sends a payment notice. Half of the rent is paid in advance within the time on the notice, the other half by 10 October 2018 at the latest. Write the payment code into the transfer.

4. No refund. Rent is not paid back to an exhibitor who cancels.

5. Building. The permit to build and decorate is given once everything is paid, proved by the organiser’s receipt or the transfer slip. Aisles, fire exits and hydrants stay free at all times.

6. Power and water. A standard booth has one socket. Whoever needs more power, or water, says so in the application and connects nothing alone.

7. Use of the booth. A booth may not be let on, passed on or used for anything else. Otherwise the organiser takes it back without refund.

8. Goods on display. Only goods named in the application, of known origin, are shown. During the fair they leave only with the organiser’s written consent. Carriage in and out, and late clearing, are at the exhibitor’s cost and risk.

9. Advertising and selling. Leaflets, loudspeakers and selling outside one’s own booth need the organiser’s consent beforehand.

10. Withdrawing. Whoever withdraws says so in writing at least 50 days before the opening.

11. Groups from craft villages. A commune or an association may apply for a block of booths for several households. It signs, pays and answers for the whole block; each household is presented by itself and has passes of its own.
"""  # noqa: E501
